// The OpenAPI document, made from the same routes and schemas that serve requests.
import { version } from "../../base/version.ts";
import type { DialectService, ServedDialect } from "../served-dialect.ts";
import { responseHeaders } from "../response-headers.ts";
import { capitalise } from "./capitalise.ts";
import { describeRoute } from "./describe-route.ts";
import { describeWebhooks } from "./describe-webhooks.ts";
import { createDocumentSchemas, type NamedSchema } from "./json-schema.ts";
import { mergeOperations, type OfDialect } from "./merge-operations.ts";
import type { Operation } from "./operation.ts";

/**
 * Creates an OpenAPI 3.1 document for these dialects. A path of several dialects becomes one
 * operation that accepts any of them.
 */
export function describeApi(dialects: readonly DialectService[], fallback: ServedDialect) {
  const { components, schemaOf } = createDocumentSchemas(dialects.flatMap(namedSchemasOf));
  const operations: Record<string, Record<string, OfDialect<Operation>[]>> = {};
  for (const served of dialects) {
    for (const route of served.routes) {
      const item = (operations[route.path.replace(/:(\w+)/g, "{$1}")] ??= {});
      const value = describeRoute(route, served, schemaOf);
      (item[route.method.toLowerCase()] ??= []).push({ dialect: served.dialect.name, value });
    }
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Memlane",
      version,
      license: { name: "MIT", identifier: "MIT" },
      description:
        "Send conversations or memories, get a job back at once, and follow it until the memories are stored. " +
        `The dialects are ${dialects.map(({ dialect }) => dialect.name).join(" and ")}. ` +
        `On a path of several dialects or of none, ${dialects.flatMap(describeSigns).join("; ")}. ` +
        `The first of these signs decides, in this order: headers, query, body. ` +
        `Every other request is ${fallback.dialect.name}.`,
    },
    servers: [
      { url: "http://127.0.0.1:8787", description: "A server on this machine, with the default port." },
    ],
    tags: dialects.map(({ dialect }) => ({
      name: dialect.name,
      description: `The ${dialect.name} dialect.`,
    })),
    paths: mapValues(operations, (item) => mapValues(item, mergeOperations)),
    webhooks: describeWebhooks(schemaOf),
    components: {
      securitySchemes: {
        ...Object.assign({}, ...dialects.map(({ caller }) => caller.securitySchemes)),
        jobToken: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "A token of `POST /v1/jobs/{id}/token`, which can read that job and nothing else.",
        },
      },
      headers: responseHeaders,
      schemas: components,
    },
  };
}

function namedSchemasOf({ dialect, jobSchema, schemas = {} }: ServedDialect): NamedSchema[] {
  const name = capitalise(dialect.name);
  return [
    { name: `${name}Job`, schema: jobSchema, side: "output" },
    { name: `${name}Error`, schema: dialect.error, side: "input" },
    ...Object.entries(schemas).map(([id, schema]) => ({ name: id, schema, side: "output" as const })),
  ];
}

/** How requests of a dialect are recognised; empty for a dialect without a sign. */
function describeSigns({
  dialect,
  signs: { headers = [], query = [], bodyKeys = [] },
}: ServedDialect): string[] {
  const ways = [
    listOf(
      "one of the headers",
      headers.map(({ name, start }) => (start === undefined ? name : `${name}: ${start}…`)),
    ),
    listOf("a query parameter", query),
    listOf("a key of the body", bodyKeys),
  ].filter((way) => way !== undefined);
  return ways.length === 0 ? [] : [`a request with ${ways.join(", or ")} is ${dialect.name}`];
}

/** Prints `a query parameter (`x`, `y`)`; undefined without names. */
function listOf(what: string, names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : `${what} (${names.map((name) => `\`${name}\``).join(", ")})`;
}

const mapValues = <Value, Mapped>(record: Readonly<Record<string, Value>>, map: (value: Value) => Mapped) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
