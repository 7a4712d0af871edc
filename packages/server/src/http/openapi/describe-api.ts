// The OpenAPI document, from the very routes and schemas that serve.
import { version } from "../../base/version.ts";
import type { DialectService, ServedDialect } from "../served-dialect.ts";
import { capitalise } from "./capitalise.ts";
import { describeRoute } from "./describe-route.ts";
import { createDocumentSchemas, type NamedSchema } from "./json-schema.ts";
import { mergeOperations, type Said } from "./merge-operations.ts";
import type { Operation } from "./operation.ts";

/** An OpenAPI 3.1 document of these dialects. A path that several have is one operation that takes any of them. */
export function describeApi(dialects: readonly DialectService[], fallback: ServedDialect) {
  const { components, schemaOf } = createDocumentSchemas(dialects.flatMap(namedSchemasOf));
  const said: Record<string, Record<string, Said<Operation>[]>> = {};
  for (const served of dialects) {
    for (const route of served.routes) {
      const item = (said[route.path.replace(/:(\w+)/g, "{$1}")] ??= {});
      const what = describeRoute(route, served, schemaOf);
      (item[route.method.toLowerCase()] ??= []).push({ dialect: served.dialect.name, what });
    }
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Memlane",
      version,
      license: { name: "MIT", identifier: "MIT" },
      description:
        "Hand over conversations or memories, get a job back at once, and watch it until the memories are stored. " +
        `The dialects are ${dialects.map(({ dialect }) => dialect.name).join(" and ")}. ` +
        `On a path that several have, ${dialects.flatMap(describeSigns).join(", ")}; ` +
        `any other speaks ${fallback.dialect.name}.`,
    },
    servers: [
      { url: "http://127.0.0.1:8787", description: "A server on this machine, as it is by default." },
    ],
    tags: dialects.map(({ dialect }) => ({
      name: dialect.name,
      description: `The ${dialect.name} dialect.`,
    })),
    paths: mapValues(said, (item) => mapValues(item, mergeOperations)),
    components: {
      securitySchemes: {
        ...Object.assign({}, ...dialects.map(({ caller }) => caller.securitySchemes)),
        jobToken: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "A token of `POST /v1/jobs/{id}/token`, which reads that job and does nothing else.",
        },
      },
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

/** How a request shows that it is of a dialect; nothing for one without a sign. */
function describeSigns({ dialect, signs }: ServedDialect): string[] {
  const ways = [
    ...(signs.headers?.map((header) => `\`${header}\``) ?? []),
    ...(signs.body === undefined ? [] : [`a \`POST\` body with \`${signs.body.key}\``]),
  ];
  return ways.length === 0 ? [] : [`a request with ${ways.join(" or ")} speaks ${dialect.name}`];
}

const mapValues = <Value, Mapped>(record: Readonly<Record<string, Value>>, map: (value: Value) => Mapped) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
