import {
  context,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type SpanOptions,
} from "@opentelemetry/api";
import { version } from "../base/version.ts";

/** Creates spans. They are dropped unless something exports them. */
export const tracer = trace.getTracer("@memlane/server", version);

/**
 * Runs `work` in a span, which ends when `work` settles, with its error if it fails. Its parent is
 * the caller's span.
 */
export function inSpan<Result>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => Result,
  parent: Context = context.active(),
): Result {
  return tracer.startActiveSpan(name, options, parent, (span) => {
    const fail = (error: unknown) => {
      failSpan(error, span);
      span.end();
    };
    try {
      const result = work(span);
      if (result instanceof Promise) result.then(() => span.end(), fail);
      else span.end();
      return result;
    } catch (error) {
      fail(error);
      throw error;
    }
  });
}

/** Marks a span as failed, by default the current one. */
export function failSpan(error: unknown, span: Span | undefined = trace.getActiveSpan()): void {
  const message = error instanceof Error ? error.message : String(error);
  span?.recordException(error instanceof Error ? error : message);
  span?.setStatus({ code: SpanStatusCode.ERROR, message });
}
