// The OpenAPI document, from the very routes and schemas that serve.
import {
  batchErrorCodec,
  batchJobWire,
  batchMemoryWire,
  errorTable,
  ingestErrorCodec,
  ingestJobWire,
  ingestMemoryWire,
} from "@memlane/core";
import * as z from "zod/mini";
import type { SecurityRequirement } from "./caller.ts";
import type { DialectService } from "./dialect-app.ts";
import { version } from "../version.ts";
import type { Route, Schema } from "./route.ts";

type JsonSchema = z.core.JSONSchema.BaseSchema;

type Content = Record<string, { schema: JsonSchema }>;

interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  security: readonly SecurityRequirement[];
  parameters: { name: string; in: "path" | "query" | "header"; required: boolean; schema: JsonSchema }[];
  requestBody?: { required: true; content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}

/** An OpenAPI 3.1 document of these dialects. A path that two share is one operation that takes either. */
export function describeApi(services: readonly DialectService[]) {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const service of services) {
    for (const route of service.routes) {
      const item = (paths[route.path.replace(/:(\w+)/g, "{$1}")] ??= {});
      const method = route.method.toLowerCase();
      const operation = describeRoute(route, service);
      item[method] = item[method] === undefined ? operation : mergeOperations(item[method], operation);
    }
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Memlane",
      version,
      license: { name: "MIT", identifier: "MIT" },
      description:
        "Hand over conversations (the ingest dialect) or batches of memories (the batch dialect), get a job back " +
        "at once, and watch it until the memories are stored. On paths that both dialects own, a request with " +
        "`x-api-key` or `X-Org-Id`, or a POST whose body has `messages`, speaks ingest; any other speaks batch.",
    },
    servers: [
      { url: "http://127.0.0.1:8787", description: "A server on this machine, as it is by default." },
    ],
    tags: services.map(({ dialect }) => ({
      name: dialect.name,
      description: `The ${dialect.name} dialect.`,
    })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        apiKey: { type: "apiKey", in: "header", name: "x-api-key" },
        orgId: { type: "apiKey", in: "header", name: "X-Org-Id" },
      },
      schemas: components,
    },
  };
}

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

const components = Object.fromEntries(
  named.map(([id, schema]) => [
    id,
    clean(z.toJSONSchema(schema, { ...describe, io: id.endsWith("Error") ? "input" : "output" })),
  ]),
);

function clean({ $schema: _, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

function schemaOf(schema: Schema, io: "input" | "output"): JsonSchema {
  const id = registry.get(schema)?.id;
  if (id !== undefined) return { $ref: uri(id) };
  return clean(
    io === "output"
      ? z.toJSONSchema(schema, { ...describe, io })
      : z.toJSONSchema(schema, { io, unrepresentable: "any" }),
  );
}

function describeRoute(route: Route, { dialect, caller }: DialectService): Operation {
  const errorSchema = schemaOf(dialect.error, "input");
  const statuses = Map.groupBy(
    [
      ...route.errors,
      ...commonErrors,
      ...caller.errors,
      ...(route.querySchema || route.bodySchema ? (["invalid_request"] as const) : []),
      ...(route.bodySchema ? bodyErrors : []),
      ...(route.takesIdempotencyKey ? (["idempotency_mismatch"] as const) : []),
    ] as const,
    (code) => errorTable[code].status,
  );
  const errors = [...statuses].map(([status, codes]) => [
    String(status),
    {
      description: [...new Set(codes.map((code) => `\`${dialect.errors.words[code]}\``))].join(", "),
      content: { "application/json": { schema: errorSchema } },
    },
  ]);
  const answers = Object.entries(route.answers).map(
    ([status, { description, schema, mediaType = "application/json" }]) => [
      status,
      { description, ...(schema && { content: { [mediaType]: { schema: schemaOf(schema, "output") } } }) },
    ],
  );
  return {
    operationId: route.operationId,
    summary: titleOf(route.operationId),
    description: route.summary,
    tags: [dialect.name],
    security: caller.security,
    parameters: [
      ...parametersOfPath(route.path),
      ...parametersOfQuery(route),
      ...(route.takesIdempotencyKey ? [idempotencyKey] : []),
    ],
    ...(route.bodySchema && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: schemaOf(route.bodySchema, "input") } },
      },
    }),
    responses: Object.fromEntries([...answers, ...errors]),
  };
}

/** `getIngestJob` as "Get ingest job". */
function titleOf(operationId: string): string {
  const words = operationId.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words[0]!.toUpperCase() + words.slice(1);
}

const commonErrors = ["unauthenticated", "forbidden", "server_error", "unavailable"] as const;
const bodyErrors = ["malformed_body", "body_too_large"] as const;

const idempotencyKey: Operation["parameters"][number] = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  schema: {
    type: "string",
    minLength: 1,
    maxLength: 255,
    description:
      "Names the request for 24 hours: sent again with the same key, it answers with what it made the first time, and " +
      "`Idempotent-Replayed: true`. The same key with another request is refused.",
  },
};

function parametersOfPath(path: string): Operation["parameters"] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name: name!,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function parametersOfQuery({ querySchema }: Route): Operation["parameters"] {
  if (querySchema === undefined) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(querySchema, {
    io: "input",
    unrepresentable: "any",
  });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema: typeof schema === "boolean" ? {} : schema,
  }));
}

/** One operation that takes what either takes and answers what either answers. */
function mergeOperations(one: Operation, other: Operation): Operation {
  const parameters = new Map(
    one.parameters.map((parameter) => [`${parameter.in}:${parameter.name}`, parameter]),
  );
  for (const parameter of other.parameters) {
    const key = `${parameter.in}:${parameter.name}`;
    const known = parameters.get(key);
    parameters.set(key, known ? { ...known, schema: either(known.schema, parameter.schema) } : parameter);
  }
  const responses = { ...one.responses };
  for (const [status, answer] of Object.entries(other.responses)) {
    const known = responses[status];
    responses[status] = known === undefined ? answer : mergeAnswers(known, answer);
  }
  return {
    ...one,
    operationId: `${one.operationId}_or_${other.operationId}`,
    summary: `${one.summary}, or ${other.summary.toLowerCase()}`,
    description: `Ingest: ${one.description} Batch: ${other.description}`,
    tags: [...one.tags, ...other.tags],
    security: [...one.security, ...other.security],
    parameters: [...parameters.values()],
    ...(one.requestBody &&
      other.requestBody && { requestBody: mergeBodies(one.requestBody, other.requestBody) }),
    responses,
  };
}

type Body = NonNullable<Operation["requestBody"]>;
type Response = Operation["responses"][string];

function mergeBodies(a: Body, b: Body): Body {
  return { required: true, content: mergeContent(a.content, b.content) };
}

function mergeAnswers(a: Response, b: Response): Response {
  const content = a.content && b.content ? mergeContent(a.content, b.content) : (a.content ?? b.content);
  return {
    description: a.description === b.description ? a.description : `${a.description} Or: ${b.description}`,
    ...(content && { content }),
  };
}

function mergeContent(a: Content, b: Content): Content {
  const merged = { ...a };
  for (const [mediaType, { schema }] of Object.entries(b)) {
    const known = merged[mediaType];
    merged[mediaType] = { schema: known === undefined ? schema : either(known.schema, schema) };
  }
  return merged;
}

const either = (a: JsonSchema, b: JsonSchema): JsonSchema =>
  JSON.stringify(a) === JSON.stringify(b) ? a : { anyOf: [a, b] };
