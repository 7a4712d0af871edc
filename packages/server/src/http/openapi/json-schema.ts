// Converts the schemas of the wire to JSON Schema: a reference for a named schema, or the full
// schema.
import * as z from "zod/mini";
import type { Schema } from "../route.ts";
import { describeFields } from "./field-descriptions.ts";

/** A JSON Schema in the version that OpenAPI 3.1 uses. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * The side of a schema that a client uses: what it sends, or what it gets. For a codec, the wire
 * format is the input.
 */
type Side = "input" | "output";

/** A schema with a name in the document. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: Schema;
  readonly side: Side;
}

/** The schemas of a document. */
export interface DocumentSchemas {
  /** The named schemas. */
  readonly components: Readonly<Record<string, JsonSchema>>;
  /** A schema as it appears in an operation. */
  readonly schemaOf: (schema: Schema, side: Side) => JsonSchema;
}

interface Override {
  readonly zodSchema: z.core.$ZodType;
  readonly jsonSchema: JsonSchema;
}

/** Converts the schemas of a document. */
export function createDocumentSchemas(named: readonly NamedSchema[]): DocumentSchemas {
  const names = new Map<z.core.$ZodType, string>(named.map(({ name, schema }) => [schema, name]));
  const override = ({ zodSchema, jsonSchema }: Override) => {
    const name = names.get(zodSchema);
    if (name !== undefined) jsonSchema.title = name;
    // Omit the limits that apply to every safe integer.
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    foldNull(jsonSchema);
  };
  const overridePrinted = (context: Override) => {
    const { jsonSchema } = context;
    override(context);
    // Printed answers always contain fields with a default.
    delete jsonSchema.default;
    if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  };
  const overrideSent = (context: Override) => {
    override(context);
    // Zod leaves out the default of a schema with a transform (`withDefault`).
    const fallback = z.globalRegistry.get(context.zodSchema)?.["default"];
    if (fallback !== undefined) context.jsonSchema.default = fallback;
  };
  const sent = { unrepresentable: "any", override: overrideSent, io: "input" } as const;
  const printed = { unrepresentable: "any", override: overridePrinted } as const;
  return {
    components: Object.fromEntries(
      named.map(({ name, schema, side }) => [
        name,
        described(z.toJSONSchema(schema, { ...printed, io: side }), "output"),
      ]),
    ),
    schemaOf(schema, side) {
      const name = names.get(schema);
      if (name !== undefined) return { $ref: `#/components/schemas/${name}` };
      return described(z.toJSONSchema(schema, side === "output" ? { ...printed, io: side } : sent), side);
    },
  };
}

/**
 * Writes "or null" as part of `type` if possible, because readers and generators handle that better
 * than `anyOf`.
 */
function foldNull(schema: JsonSchema): void {
  const [value, none, ...others] = schema.anyOf ?? [];
  if (value === undefined || none?.type !== "null" || others.length > 0) return;
  if ((value.type !== "string" && value.type !== "integer") || value.enum !== undefined) return;
  delete schema.anyOf;
  Object.assign(schema, value, { type: [value.type, "null"] });
}

function described({ $schema: _, ...schema }: JsonSchema, side: Side): JsonSchema {
  describeFields(schema, side);
  return schema;
}
