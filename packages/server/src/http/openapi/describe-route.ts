import { errorTable, type Dialect, type ServerErrorCode } from "@memlane/core";
import * as z from "zod/mini";
import { headersOfAnswer } from "../response-headers.ts";
import type { Route } from "../route.ts";
import type { ServedDialect } from "../served-dialect.ts";
import { capitalise } from "./capitalise.ts";
import type { DocumentSchemas } from "./json-schema.ts";
import type { Operation } from "./operation.ts";

/** Describes a route of a dialect as an OpenAPI operation. */
export function describeRoute(
  route: Route,
  { dialect, caller }: Pick<ServedDialect, "dialect" | "caller">,
  schemaOf: DocumentSchemas["schemaOf"],
): Operation {
  const errorSchema = schemaOf(dialect.error, "input");
  const statuses = Map.groupBy(
    [
      ...route.errors,
      ...commonErrors,
      ...caller.errors,
      ...(route.querySchema || route.bodySchema ? (["invalid_request"] as const) : []),
      ...(route.bodySchema ? bodyErrors : []),
      ...(route.takesIdempotencyKey ? (["idempotency_mismatch"] as const) : []),
      ...(route.takesJobToken ? (["token_expired"] as const) : []),
    ] as const,
    (code) => errorTable[code].status,
  );
  const errors = [...statuses].map(([status, codes]) => [
    String(status),
    {
      description: [...new Set(codes.map((code) => `\`${dialect.errors.words[code]}\``))].join(", "),
      headers: referTo(headersOfAnswer(route, status, codes)),
      content: {
        "application/json": {
          schema: errorSchema,
          examples: { [dialect.name]: { value: exampleOf(codes[0]!, dialect) } },
        },
      },
    },
  ]);
  const answers = Object.entries(route.answers).map(
    ([status, { description, schema, mediaType = "application/json" }]) => [
      status,
      {
        description,
        headers: referTo(headersOfAnswer(route, Number(status))),
        ...(schema && { content: { [mediaType]: { schema: schemaOf(schema, "output") } } }),
      },
    ],
  );
  return {
    operationId: route.operationId,
    summary: titleOf(route.operationId),
    description: route.summary,
    tags: [dialect.name],
    security:
      route.scope === "public"
        ? [{}]
        : [...caller.security, ...(route.takesJobToken ? [{ jobToken: [] as const }] : [])],
    parameters: [
      ...parametersOfPath(route.path),
      ...parametersOfQuery(route, schemaOf),
      ...(route.takesIdempotencyKey ? [idempotencyKey] : []),
    ],
    ...(route.bodySchema && {
      requestBody: {
        required: !route.isBodyOptional,
        content: { "application/json": { schema: schemaOf(route.bodySchema, "input") } },
      },
    }),
    responses: Object.fromEntries([...answers, ...errors]),
  };
}

const referTo = (headers: readonly string[]) =>
  Object.fromEntries(headers.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** An error in the dialect's format, with a placeholder for the message. */
function exampleOf(code: ServerErrorCode, dialect: Dialect): unknown {
  return z.encode(dialect.error, { code, message: "…", requestId: "req_…", issues: [] });
}

/** Prints `getIngestJob` as "Get ingest job". */
function titleOf(operationId: string): string {
  return capitalise(operationId.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
}

const commonErrors = [
  "unauthenticated",
  "forbidden",
  "rate_limit_exceeded",
  "server_error",
  "unavailable",
] as const;
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
      "Names the request for 24 hours: a repeated request with the same key answers with the result of the first, and " +
      "`Idempotent-Replayed: true`. The same key with a different request is refused.",
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

function parametersOfQuery(
  { querySchema }: Route,
  schemaOf: DocumentSchemas["schemaOf"],
): Operation["parameters"] {
  if (querySchema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(querySchema, "input");
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema: typeof schema === "boolean" ? {} : schema,
  }));
}
