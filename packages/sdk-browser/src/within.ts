import { defaultPollPolicy, MemlaneError, type ErrorCode } from "@memlane/core";

/**
 * Runs work with a time limit, even if it ignores its signal.
 * @throws MemlaneError `timeout` if the time is over, `aborted` if the signal aborts
 */
export async function within<Result>(
  timeoutMs: number = defaultPollPolicy.requestTimeoutMs,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const limit = new AbortController();
  const end = (code: ErrorCode, message: string) => () => limit.abort(new MemlaneError({ code, message }));
  const abort = end("aborted", "the request was aborted");
  const timer = setTimeout(end("timeout", `no answer within ${timeoutMs} ms`), timeoutMs);
  signal.addEventListener("abort", abort);
  try {
    if (signal.aborted) abort();
    limit.signal.throwIfAborted();
    return await Promise.race([
      work(limit.signal),
      new Promise<never>((_, reject) => limit.signal.addEventListener("abort", reject)),
    ]);
  } catch (error) {
    throw limit.signal.aborted ? limit.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}
