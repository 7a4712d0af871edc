// Trace context in HTTP headers and on jobs (https://www.w3.org/TR/trace-context/).
import { context, propagation, ROOT_CONTEXT, trace, type Context, type Link } from "@opentelemetry/api";

/** `traceparent`, and `tracestate` if there is one. */
export type TraceHeaders = Readonly<Record<string, string>>;

/** The headers that continue the current trace; undefined if there is none. */
export function currentTraceHeaders(): TraceHeaders | undefined {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return "traceparent" in headers ? headers : undefined;
}

/** A context that continues the trace of these headers. Without headers it starts a new trace. */
export function contextOfHeaders(headers: TraceHeaders | Headers | null | undefined): Context {
  if (headers == null) return ROOT_CONTEXT;
  const carrier = headers instanceof Headers ? headers : new Headers(headers);
  return propagation.extract(ROOT_CONTEXT, carrier, {
    get: (from, name) => from.get(name) ?? undefined,
    keys: (from) => [...from.keys()],
  });
}

/** Links to the spans of these contexts. */
export function linksTo(contexts: readonly Context[]): Link[] {
  return contexts.flatMap((linked) => {
    const spanContext = trace.getSpanContext(linked);
    return spanContext === undefined ? [] : [{ context: spanContext }];
  });
}
