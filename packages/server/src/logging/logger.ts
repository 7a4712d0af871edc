import { trace } from "@opentelemetry/api";
import pino, { type Logger } from "pino";
import { messageOf } from "../base/message-of.ts";
import { openLogOutput, type LogOutput } from "./log-output.ts";
import { throttleRepeats } from "./throttle-repeats.ts";

/**
 * Creates a logger that writes JSON lines to standard error. Standard output is for the results of
 * commands.
 */
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
    { write: (line) => standardError().write(line) },
  );
}

let opened: LogOutput | undefined;

/** One output for all loggers of the process, opened at the first line. */
function standardError(): LogOutput {
  if (opened === undefined) {
    opened = openLogOutput(2);
    process.once("exit", opened.end);
  }
  return opened;
}

/** The current trace and span, so that a log line leads to its trace. */
function describeSpan(): object {
  const span = trace.getActiveSpan()?.spanContext();
  return span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId };
}

/**
 * The message and stack of an error, without its other fields: a database error refers to its whole
 * connection.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { stack } = error;
  const message = error.message || messageOf(error);
  const code = "code" in error ? error.code : undefined;
  return { message, code, stack, cause: error.cause === undefined ? undefined : describeError(error.cause) };
}
