// The OpenAPI documents of the dialects, as far as the reference reads them.
import * as z from "zod/mini";

/** A JSON Schema. */
export interface Schema {
  readonly $ref?: string | undefined;
  readonly title?: string | undefined;
  readonly type?: string | readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly items?: Schema | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
}

const schema: z.ZodMiniType<Schema> = z.lazy(() =>
  z.object({
    $ref: z.optional(z.string()),
    title: z.optional(z.string()),
    type: z.optional(z.union([z.string(), z.array(z.string())])),
    description: z.optional(z.string()),
    default: z.optional(z.unknown()),
    const: z.optional(z.unknown()),
    enum: z.optional(z.array(z.unknown())),
    anyOf: z.optional(z.array(schema)),
    items: z.optional(schema),
    properties: z.optional(z.record(z.string(), schema)),
    required: z.optional(z.array(z.string())),
    minLength: z.optional(z.number()),
    maxLength: z.optional(z.number()),
    minItems: z.optional(z.number()),
    maxItems: z.optional(z.number()),
    minimum: z.optional(z.number()),
    maximum: z.optional(z.number()),
  }),
);
const content = z.record(z.string(), z.object({ schema }));

const operation = z.object({
  operationId: z.string(),
  description: z.string(),
  security: z.array(z.record(z.string(), z.unknown())),
  parameters: z.array(
    z.object({ name: z.string(), in: z.enum(["path", "query", "header"]), required: z.boolean(), schema }),
  ),
  requestBody: z.optional(z.object({ content })),
  responses: z.record(z.string(), z.object({ description: z.string(), content: z.optional(content) })),
});

const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), schema) }),
});

/** An operation of a dialect, or one that is shared by all. */
export interface Operation extends z.output<typeof operation> {
  readonly method: string;
  readonly path: string;
}

/** The operations of a server by id, and the schemas with a name. */
export interface HttpApi {
  readonly operations: ReadonlyMap<string, Operation>;
  readonly schemas: Readonly<Record<string, Schema>>;
}

/** Reads the documents of these dialects. */
export async function readHttpApi(url: string, dialects: readonly string[]): Promise<HttpApi> {
  const operations = new Map<string, Operation>();
  const schemas: Record<string, Schema> = {};
  for (const dialect of dialects) {
    const answer = await fetch(`${url}/openapi.json?dialect=${dialect}`);
    const { paths, components } = document.parse(await answer.json());
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, found] of Object.entries(methods))
        operations.set(found.operationId, { ...found, path, method: method.toUpperCase() });
    }
    Object.assign(schemas, components.schemas);
  }
  return { operations, schemas };
}
