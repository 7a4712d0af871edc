import { Hono } from "hono";
import { digestOf } from "../digest.ts";
import type { Route } from "../route.ts";
import type { DialectService, ServedDialect } from "../served-dialect.ts";
import { describeApi } from "./describe-api.ts";

/** The routes to describe. */
export interface DescribedApi {
  /** The document of all dialects. */
  readonly description: unknown;
  readonly services: readonly DialectService[];
  /** The routes without a dialect. */
  readonly sharedRoutes: readonly Route[];
  readonly fallback: ServedDialect;
}

/**
 * `GET /openapi.json` describes all routes. With `?dialect=`, it describes those of one dialect and
 * those without a dialect, so that no operation accepts several kinds of bodies.
 */
export function createOpenApiRoute({ description, services, sharedRoutes, fallback }: DescribedApi): Hono {
  const documents = new Map<string | undefined, { readonly text: string; readonly tag: string }>();
  const describe = (name: string | undefined) => {
    if (name === undefined) return description;
    const routesOf = ({ dialect, routes }: DialectService) =>
      routes.filter((route) => dialect.name === name || sharedRoutes.includes(route));
    return describeApi(
      services.map((service) => ({ ...service, routes: routesOf(service) })),
      fallback,
    );
  };
  const documentOf = (name: string | undefined) => {
    const known = documents.get(name);
    if (known !== undefined) return known;
    const text = JSON.stringify(describe(name));
    const document = { text, tag: `"${digestOf(text)}"` };
    documents.set(name, document);
    return document;
  };

  return new Hono().get("/openapi.json", (c) => {
    const name = c.req.query("dialect");
    if (name !== undefined && !services.some(({ dialect }) => dialect.name === name)) {
      const names = services.map(({ dialect }) => dialect.name).join(" and ");
      return c.text(`There is no dialect of this name. There are ${names}.`, 404);
    }
    const { text, tag } = documentOf(name);
    const headers = { etag: tag, "cache-control": "no-cache" };
    if (c.req.header("if-none-match")?.includes(tag)) return c.body(null, 304, headers);
    return c.body(text, 200, { ...headers, "content-type": "application/json" });
  });
}
