import { readEventStream, type JobEvent } from "./event-stream.ts";
import { within } from "./within.ts";

/** The events of a stream as they arrive. */
export interface EventInbox {
  /**
   * The newest event, as soon as there is one. Older ones are dropped, because each contains the
   * whole job. `quiet` if no event arrived in time, `closed` after the last event. @throws MemlaneError
   * `aborted`
   */
  readonly take: (waitMs: number, signal: AbortSignal) => Promise<JobEvent | "quiet" | "closed">;
  /** When anything last arrived, in milliseconds since the Unix epoch. */
  readonly heardMs: () => number;
}

/** Reads a stream until it ends or breaks. */
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
      // A broken stream counts as ended: the reader opens it again.
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
