import { batchEventWire, dataEventWire, learningEventWire, testEventWire } from "@memlane/core";
import type { WebhookEventWire } from "@memlane/core/internal";
import type { DocumentSchemas, JsonSchema } from "./json-schema.ts";

const meanings: Readonly<Record<WebhookEventWire["event"], string>> = {
  "memory.learning.completed": "A conversation was ingested.",
  "memory.learning.failed": "An ingest job failed or was cancelled.",
  "memory.batch.completed": "A batch was imported.",
  "memory.batch.failed": "A batch failed as a whole or was cancelled.",
  "memory.created": "A memory was stored.",
  "fact.invalidated": "A fact is no longer true, or will stop being true at the time in `at`.",
  "quota.warning": "80 % of the memories that may be stored in this month are stored.",
  "webhook.test": "A test was requested.",
};

const schemas = [
  ...learningEventWire.def.options,
  ...batchEventWire.def.options,
  ...dataEventWire.def.options,
  testEventWire,
];

/** A request to a receiver in OpenAPI's format. */
interface WebhookItem {
  readonly post: {
    readonly summary: string;
    readonly requestBody: {
      readonly required: true;
      readonly content: { readonly "application/json": { readonly schema: JsonSchema } };
    };
    readonly responses: { readonly "2XX": { readonly description: string } };
  };
}

/** Describes what webhooks get, by event. */
export function describeWebhooks(schemaOf: DocumentSchemas["schemaOf"]): Record<string, WebhookItem> {
  return Object.fromEntries(
    schemas.map((schema) => {
      const event = schema.shape.event.def.values[0]!; // a literal has one value
      return [event, requestOf(meanings[event], schemaOf(schema, "output"))];
    }),
  );
}

const requestOf = (summary: string, schema: JsonSchema): WebhookItem => ({
  post: {
    summary,
    requestBody: { required: true, content: { "application/json": { schema } } },
    responses: { "2XX": { description: "Confirms the delivery." } },
  },
});
