// What a schema of the wire is in the document: a reference to a named one, or the whole.
import * as z from "zod/mini";
import type { Schema } from "../route.ts";

/** A JSON Schema of the draft that OpenAPI 3.1 takes. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The side of a schema that a client sees: what it sends, or what it gets. The wire side of a codec is its input. */
type Side = "input" | "output";

/** A schema that the document names. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: Schema;
  readonly side: Side;
}

/** The schemas of a document. */
export interface DocumentSchemas {
  /** The named ones. */
  readonly components: Readonly<Record<string, JsonSchema>>;
  /** A schema as the document has it. */
  readonly schemaOf: (schema: Schema, side: Side) => JsonSchema;
}

interface Override {
  readonly zodSchema: z.core.$ZodType;
  readonly jsonSchema: JsonSchema;
}

/** Prepares the schemas of a document. */
export function createDocumentSchemas(named: readonly NamedSchema[]): DocumentSchemas {
  const names = new Map<z.core.$ZodType, string>(named.map(({ name, schema }) => [schema, name]));
  const override = ({ zodSchema, jsonSchema }: Override) => {
    const name = names.get(zodSchema);
    if (name !== undefined) jsonSchema.title = name;
    // What holds for every integer of JavaScript says nothing.
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    foldNull(jsonSchema);
  };
  const overridePrinted = (context: Override) => {
    const { jsonSchema } = context;
    override(context);
    // What we print has every field that has a default.
    delete jsonSchema.default;
    if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  };
  const sent = { unrepresentable: "any", override, io: "input" } as const;
  const printed = { unrepresentable: "any", override: overridePrinted } as const;
  return {
    components: Object.fromEntries(
      named.map(({ name, schema, side }) => [name, clean(z.toJSONSchema(schema, { ...printed, io: side }))]),
    ),
    schemaOf(schema, side) {
      const name = names.get(schema);
      if (name !== undefined) return { $ref: `#/components/schemas/${name}` };
      return clean(z.toJSONSchema(schema, side === "output" ? { ...printed, io: side } : sent));
    },
  };
}

/** Says "or null" in the type, where it can be said there: readers and generators make less of a choice. */
function foldNull(schema: JsonSchema): void {
  const [value, none, ...others] = schema.anyOf ?? [];
  if (value === undefined || none?.type !== "null" || others.length > 0) return;
  if ((value.type !== "string" && value.type !== "integer") || value.enum !== undefined) return;
  delete schema.anyOf;
  Object.assign(schema, value, { type: [value.type, "null"] });
}

function clean({ $schema: _, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
