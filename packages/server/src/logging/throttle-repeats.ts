import pino, { type LogFn, type LoggerOptions } from "pino";
import { isTransient } from "../database/transient-error.ts";

const periodMs = 5000;

type Hooks = NonNullable<LoggerOptions["hooks"]>;

/**
 * Logs a warning about a transient error, or a request that was answered 503 for it, only once in five seconds, with the number of
 * suppressed lines. While the database is unavailable, thousands of requests fail in the same way.
 */
export function throttleRepeats(now: () => number = () => performance.now()): Hooks {
  const seen = new Map<string, { readonly untilMs: number; leftOut: number }>();
  return {
    logMethod(args, method, level) {
      const [fields, message]: readonly unknown[] = args;
      if (level < pino.levels.values["warn"]! || !isOfOutage(fields)) {
        method.apply(this, args);
        return;
      }
      const key = String(message);
      const last = seen.get(key);
      if (last !== undefined && now() < last.untilMs) {
        last.leftOut += 1;
        return;
      }
      seen.set(key, { untilMs: now() + periodMs, leftOut: 0 });
      const counted: Parameters<LogFn> = [
        { ...fields, ...(last?.leftOut && { left_out: last.leftOut }) },
        key,
      ];
      method.apply(this, counted);
    },
  };
}

function isOfOutage(fields: unknown): fields is object {
  if (typeof fields !== "object" || fields === null) return false;
  return "err" in fields ? isTransient(fields.err) : "status" in fields && fields.status === 503;
}
