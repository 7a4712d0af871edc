// The OpenAPI document, from the very routes and schemas that serve.
import { version } from "../../base/version.ts";
import type { DialectService } from "../dialect-app.ts";
import { describeRoute } from "./describe-route.ts";
import { components } from "./json-schema.ts";
import { mergeOperations } from "./merge-operations.ts";
import type { Operation } from "./operation.ts";

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
        jobToken: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "A token of `POST /v1/jobs/{id}/token`, which reads that job and does nothing else.",
        },
        apiKey: { type: "apiKey", in: "header", name: "x-api-key" },
        orgId: { type: "apiKey", in: "header", name: "X-Org-Id" },
      },
      schemas: components,
    },
  };
}
