// What a schema of the wire is in the document: a reference to a named one, or the whole.
import {
  batchErrorCodec,
  batchJobWire,
  batchMemoryWire,
  ingestErrorCodec,
  ingestJobWire,
  ingestMemoryWire,
} from "@memlane/core";
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

const registry = z.registry<{ id: string }>();
for (const [id, schema] of named) registry.add(schema, { id });

const uri = (id: string) => `#/components/schemas/${id}`;

// Codecs are described by their wire side; what we print has every field that has a default.
const describe = {
  unrepresentable: "any",
  override: ({ jsonSchema }: { jsonSchema: JsonSchema }) => {
    delete jsonSchema.default;
    if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  },
} as const;

/** The schemas that the document names. */
export const components = Object.fromEntries(
  named.map(([id, schema]) => [
    id,
    clean(z.toJSONSchema(schema, { ...describe, io: id.endsWith("Error") ? "input" : "output" })),
  ]),
);

function clean({ $schema: _, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

/** A schema as the document has it; `io` is which of its sides a client sees. */
export function schemaOf(schema: Schema, io: "input" | "output"): JsonSchema {
  const id = registry.get(schema)?.id;
  if (id !== undefined) return { $ref: uri(id) };
  return clean(
    io === "output"
      ? z.toJSONSchema(schema, { ...describe, io })
      : z.toJSONSchema(schema, { io, unrepresentable: "any" }),
  );
}
