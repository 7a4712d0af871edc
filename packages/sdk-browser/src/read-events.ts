import { MemlaneError } from "@memlane/core";
import { parseJson, type ReadJob } from "@memlane/core/internal";
import { createEventInbox, type EventInbox } from "./event-inbox.ts";
import { jobOrNot, type JobDialect } from "./job-dialect.ts";
import type { Send } from "./send.ts";
import { within } from "./within.ts";

const firstEventMs = 5000; // the first event arrives at once unless a proxy buffers the stream
const silenceMs = 20_000; // a server sends something every 15 s, so a connection that is silent for longer is dead

/**
 * Reads one job from its events. Each reading is the next event, so the poll treats the stream like a server
 * that long-polls. If the stream cannot be used, `readJob` reads the job from then on.
 */
export function createReadEvents<Job extends { readonly status: string }>(
  send: Send,
  dialect: JobDialect<Job>,
  id: string,
  signal: AbortSignal,
  readJob: ReadJob<Job>,
): ReadJob<Job> {
  let hasEvents = true;
  let stream: { readonly inbox: EventInbox; readonly close: () => void } | undefined;
  const close = () => {
    stream?.close();
    stream = undefined;
  };

  /** Opens the stream after the event that the tag names; undefined if there is none. */
  async function open(tag: string | undefined, timeoutMs: number | undefined): Promise<typeof stream> {
    const controller = new AbortController();
    const response = await within(timeoutMs, signal, () =>
      send(
        `/v1/jobs/${encodeURIComponent(id)}/events`,
        // A tag is the id of an event in quotes.
        { accept: "text/event-stream", ...(tag && { "last-event-id": tag.slice(1, -1) }) },
        AbortSignal.any([signal, controller.signal]),
      ),
    ).catch((error: unknown) => {
      controller.abort();
      if (!MemlaneError.is(error) || ![404, 405, 406].includes(error.status ?? 0)) throw error;
    });
    const body = response?.body;
    return body ? { inbox: createEventInbox(body), close: () => controller.abort() } : undefined;
  }

  return async (read) => {
    const { tag, timeoutMs, waitSeconds } = read;
    if (hasEvents) stream ??= await open(tag, timeoutMs);
    const isFirst = tag === undefined;
    const event = await stream?.inbox.take(isFirst ? firstEventMs : waitSeconds * 1000, signal);
    // If the event is not a job of this dialect, `readJob` reads the job, and its error gives the reason.
    const job = typeof event === "object" ? jobOrNot(dialect, parseJson(event.data)) : undefined;
    const wasUnchanged = !isFirst && (event === "quiet" || event === "closed");
    if (stream === undefined || (job === undefined && !wasUnchanged)) {
      hasEvents = false;
      close();
      return readJob(read);
    }
    const isDead = Date.now() - stream.inbox.heardMs() > silenceMs;
    if (event === "closed" || isDead) close();
    return {
      job,
      state: job && dialect.statuses.nameOf(job.status),
      retryAfterMs: undefined,
      tag: typeof event === "object" ? `"${event.id}"` : tag,
      canWait: true,
    };
  };
}
