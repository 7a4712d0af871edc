import type { SecurityRequirement } from "../caller.ts";
import type { JsonSchema } from "./json-schema.ts";

/** A body, with examples by dialect. */
export interface Media {
  schema: JsonSchema;
  examples?: Record<string, { value: unknown }>;
}

/** Bodies by their media type. */
export type Content = Record<string, Media>;

/** An answer, with references to its headers. */
export interface Response {
  description: string;
  headers: Record<string, { $ref: string }>;
  content?: Content;
}

/** An operation in OpenAPI's format. */
export interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  security: readonly SecurityRequirement[];
  parameters: { name: string; in: "path" | "query" | "header"; required: boolean; schema: JsonSchema }[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, Response>;
}
