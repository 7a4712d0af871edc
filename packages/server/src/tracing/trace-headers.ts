// A trace as it travels: in HTTP headers, and with a job (https://www.w3.org/TR/trace-context/).
import { context, propagation, ROOT_CONTEXT, trace, type Context, type Link } from "@opentelemetry/api";

/** `traceparent` and, where there is one, `tracestate`. */
export type TraceHeaders = Readonly<Record<string, string>>;

/** The headers by which others join what is under way; undefined where nobody traces it. */
export function currentTraceHeaders(): TraceHeaders | undefined {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return "traceparent" in headers ? headers : undefined;
}

/** What joins the trace of these headers; the beginning of another where there are none. */
export function contextOfHeaders(headers: TraceHeaders | Headers | null | undefined): Context {
  if (headers == null) return ROOT_CONTEXT;
  const carrier = headers instanceof Headers ? headers : new Headers(headers);
  return propagation.extract(ROOT_CONTEXT, carrier, {
    get: (from, name) => from.get(name) ?? undefined,
    keys: (from) => [...from.keys()],
  });
}

/** Links to the spans that contexts are of. */
export function linksTo(contexts: readonly Context[]): Link[] {
  return contexts.flatMap((linked) => {
    const spanContext = trace.getSpanContext(linked);
    return spanContext === undefined ? [] : [{ context: spanContext }];
  });
}
