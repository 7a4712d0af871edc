import { readEventStream, type JobEvent } from "./event-stream.ts";
import { within } from "./within.ts";

/** The events of a stream as they come in. */
export interface EventInbox {
  /**
   * The newest event, as soon as there is one; those before it are forgotten, since each tells the whole job. `quiet` when
   * none came in time, `closed` behind the last. @throws MemlaneError `aborted`
   */
  readonly take: (waitMs: number, signal: AbortSignal) => Promise<JobEvent | "quiet" | "closed">;
  /** When anything was heard last, in milliseconds since the Unix epoch. */
  readonly heardMs: () => number;
}

/** Takes a stream in until it ends or breaks off. */
export function createEventInbox(body: ReadableStream<Uint8Array<ArrayBuffer>>): EventInbox {
  let newest: JobEvent | undefined;
  let isClosed = false;
  let heardMs = Date.now();
  let wake = () => {};

  void (async () => {
    try {
      for await (const event of readEventStream(body)) {
        heardMs = Date.now();
        if (event === undefined) continue;
        newest = event;
        wake();
      }
    } catch {
      // It broke off, which is an end like any other: whoever reads opens it anew.
    }
    isClosed = true;
    wake();
  })();

  return {
    async take(waitMs, signal) {
      if (newest === undefined && !isClosed) {
        const woken = () => new Promise<void>((resolve) => (wake = resolve));
        await within(waitMs, signal, woken).catch((error: unknown) => {
          if (signal.aborted) throw error;
        });
      }
      const event = newest ?? (isClosed ? "closed" : "quiet");
      newest = undefined;
      return event;
    },
    heardMs: () => heardMs,
  };
}
