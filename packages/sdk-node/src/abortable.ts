import { MemlaneError, type AbortSignalLike } from "@memlane/core";

/**
 * Runs `work` with a real AbortSignal that follows a signal of any kind. Rejects with `aborted` as soon as it
 * aborts, even if `work` ignores it. Removes its listener afterwards, because a signal may be used for
 * thousands of calls.
 */
export async function abortable<Value>(
  signal: AbortSignalLike | undefined,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const controller = new AbortController();
  if (signal === undefined) return work(controller.signal);
  if (signal.aborted) throw abortedBy(signal);

  let abort!: () => void;
  const abortion = new Promise<never>((_, reject) => {
    abort = () => {
      reject(abortedBy(signal));
      controller.abort(signal.reason);
    };
  });
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([abortion, work(controller.signal)]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function abortedBy(signal: AbortSignalLike): MemlaneError {
  return new MemlaneError({ code: "aborted", message: "the request was aborted", cause: signal.reason });
}
