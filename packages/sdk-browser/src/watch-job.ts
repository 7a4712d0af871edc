import { defaultPollPolicy, type BatchJobWire, type IngestJobWire, type Runtime } from "@memlane/core";
import { jobSnapshots, type JobSnapshot } from "./job-snapshot.ts";
import { createReadJob, hasEnded, type DialectName } from "./read-job.ts";
import { sleep } from "./sleep.ts";
import { createStore, type Store } from "./store.ts";
import { createTransport, type Fetch } from "./transport.ts";
import { whileVisible } from "./while-visible.ts";

/** Which job to watch, where, and as whom. */
export interface WatchJobOptions {
  /** The job's id, as the backend got it. */
  readonly id: string;
  /**
   * What the page reads the job with; sent as `Authorization: Bearer`. Everybody who sees the page can take it,
   * so a secret key must never be shipped here, least of all one that may write.
   */
  readonly token: string;
  /** Where the server is, without `/v1`; a path such as `/memlane` is one of the page's own origin. */
  readonly baseUrl: string;
  /** The API that the job was made with: `ingest` for a conversation, `batch` for a batch. @default "ingest" */
  readonly dialect?: DialectName | undefined;
  /** How long to wait for the end, in milliseconds, from when the page was last shown. @default 300_000 */
  readonly timeoutMs?: number | undefined;
  /** Sends a request. @default globalThis.fetch */
  readonly fetch?: Fetch | undefined;
}

/** A watched job, in the shape that React's `useSyncExternalStore` takes. */
export type JobWatch<Job> = Store<JobSnapshot<Job>>;

/**
 * Watches a job. It is read from when the first subscriber comes until the job ends or the last subscriber
 * leaves, and not while the page is hidden. After a `failed`, it is read again when somebody subscribes anew.
 *
 * @throws TypeError when the options cannot work
 */
export function watchJob(options: WatchJobOptions & { readonly dialect: "batch" }): JobWatch<BatchJobWire>;
export function watchJob(
  options: WatchJobOptions & { readonly dialect?: "ingest" | undefined },
): JobWatch<IngestJobWire>;
export function watchJob(options: WatchJobOptions): JobWatch<BatchJobWire | IngestJobWire> {
  const { id, token, baseUrl, dialect = "ingest", timeoutMs = defaultPollPolicy.timeoutMs } = options;
  // Called anew each time, so that what replaces the global later (traces, a service's stand-in) is used.
  const { fetch = (request) => globalThis.fetch(request) } = options;
  if (!isPrintable(id)) throw new TypeError("id must be the job's id");
  if (!isPrintable(token))
    throw new TypeError("token must be printable ASCII without spaces: was it copied whole?");
  if (!isAddress(baseUrl))
    throw new TypeError(`baseUrl must be an http or https address or a path, not '${baseUrl}'`);

  const transport = createTransport({ baseUrl, fetch });
  const runtime: Runtime = { transport, now: Date.now, random: Math.random, sleep };
  const read = createReadJob(runtime, dialect, id, token);

  type Snapshot = JobSnapshot<BatchJobWire | IngestJobWire>;
  const watch: Store<Snapshot> = createStore<Snapshot>({ phase: "waiting" }, (set) => {
    let isOver = watch.getSnapshot().phase === "ended";
    const follow = async (signal: AbortSignal) => {
      const snapshots = jobSnapshots(runtime, {
        id,
        read,
        hasEnded: (job) => hasEnded(dialect, job),
        timeoutMs,
        signal,
      });
      for await (const snapshot of snapshots) {
        if (signal.aborted) return;
        isOver = snapshot.phase !== "progress";
        set(snapshot);
      }
    };
    return whileVisible((signal) => {
      if (!isOver) void follow(signal);
    });
  });
  return watch;
}

/** Whether a text can stand in a header and in a path. */
function isPrintable(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

function isAddress(baseUrl: string): boolean {
  return /^(?:https?:\/\/[^/]|\/(?!\/))/.test(baseUrl);
}
