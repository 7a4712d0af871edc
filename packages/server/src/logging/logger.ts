import { trace } from "@opentelemetry/api";
import pino, { type Logger } from "pino";
import { messageOf } from "../base/message-of.ts";
import { throttleRepeats } from "./throttle-repeats.ts";

/** A logger of JSON lines on standard error, so that standard output stays for what a command answers. */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
      mixin: describeSpan,
      hooks: throttleRepeats(),
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

/** The trace that a line belongs to, so that one leads to the other. */
function describeSpan(): object {
  const span = trace.getActiveSpan()?.spanContext();
  return span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId };
}

/** What an error says, and not what it holds: a database error drags its whole connection along. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { stack } = error;
  const message = error.message || messageOf(error);
  const code = "code" in error ? error.code : undefined;
  return { message, code, stack, cause: error.cause === undefined ? undefined : describeError(error.cause) };
}
