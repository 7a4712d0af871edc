// What a schema of the wire is in the document: a reference to a named one, or the whole.
import { batchJobWire, ingestJobWire } from "@memlane/core";
import { batchErrorCodec, batchMemoryWire, ingestErrorCodec, ingestMemoryWire } from "@memlane/core/internal";
import * as z from "zod/mini";
import type { Schema } from "../route.ts";

/** A JSON Schema of the draft that OpenAPI 3.1 takes. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

const named: readonly (readonly [string, Schema])[] = [
  ["IngestJob", ingestJobWire],
  ["IngestMemory", ingestMemoryWire],
  ["IngestError", ingestErrorCodec],
  ["BatchJob", batchJobWire],
  ["BatchMemory", batchMemoryWire],
  ["BatchError", batchErrorCodec],
];

const titles = new Map<z.core.$ZodType, string>(named.map(([title, schema]) => [schema, title]));

const uri = (id: string) => `#/components/schemas/${id}`;

interface Described {
  readonly zodSchema: z.core.$ZodType;
  readonly jsonSchema: JsonSchema;
}

/** How what is sent to us is described. */
export const described = {
  io: "input",
  unrepresentable: "any",
  override({ zodSchema, jsonSchema }: Described) {
    const title = titles.get(zodSchema);
    if (title !== undefined) jsonSchema.title = title;
    // What holds for every integer of JavaScript says nothing.
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    foldNull(jsonSchema);
  },
} as const;

// Codecs are described by their wire side; what we print has every field that has a default.
const printed = {
  unrepresentable: "any",
  override(context: Described) {
    const { jsonSchema } = context;
    described.override(context);
    delete jsonSchema.default;
    if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  },
} as const;

/** Says "or null" in the type, where it can be said there: readers and generators make less of a choice. */
function foldNull(schema: JsonSchema): void {
  const [value, none, ...others] = schema.anyOf ?? [];
  if (value === undefined || none?.type !== "null" || others.length > 0) return;
  if ((value.type !== "string" && value.type !== "integer") || value.enum !== undefined) return;
  delete schema.anyOf;
  Object.assign(schema, value, { type: [value.type, "null"] });
}

/** The schemas that the document names. */
export const components = Object.fromEntries(
  named.map(([id, schema]) => [
    id,
    clean(z.toJSONSchema(schema, { ...printed, io: id.endsWith("Error") ? "input" : "output" })),
  ]),
);

function clean({ $schema: _, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

/** A schema as the document has it; `io` is which of its sides a client sees. */
export function schemaOf(schema: Schema, io: "input" | "output"): JsonSchema {
  const id = titles.get(schema);
  if (id !== undefined) return { $ref: uri(id) };
  return clean(
    io === "output" ? z.toJSONSchema(schema, { ...printed, io }) : z.toJSONSchema(schema, described),
  );
}
