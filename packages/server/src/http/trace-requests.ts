import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Context, Next } from "hono";
import { probePaths } from "./probes.ts";
import { inSpan } from "../tracing/in-span.ts";
import { contextOfHeaders } from "../tracing/trace-headers.ts";

/** Creates a span for each request. It continues the trace of a `traceparent` header. */
export async function traceRequests(c: Context, next: Next): Promise<void> {
  const { method, path } = c.req;
  if (probePaths.includes(path)) return next();
  const attributes = { "http.request.method": method, "url.path": path };
  return inSpan(
    method,
    { kind: SpanKind.SERVER, attributes },
    async (span) => {
      await next();
      span.setAttribute("http.response.status_code", c.res.status);
      span.setAttribute("memlane.request_id", c.res.headers.get("x-request-id") ?? "");
      if (c.res.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    },
    contextOfHeaders(c.req.raw.headers),
  );
}

/** Adds the route and the organisation to the request's span. */
export function nameRequest(method: string, route: string, orgId: string): void {
  const span = trace.getActiveSpan();
  span?.updateName(`${method} ${route}`);
  span?.setAttributes({ "http.route": route, "memlane.org": orgId });
}
