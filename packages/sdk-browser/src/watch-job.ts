import { defaultPollPolicy, MemlaneError } from "@memlane/core";
import { dialects, type DialectName, type JobWires } from "./dialects.ts";
import { followJob } from "./follow-job.ts";
import { hasEnded, jobOrNot, type JobDialect } from "./job-dialect.ts";
import type { JobSnapshot } from "./job-snapshot.ts";
import { isJobToken, notAJobToken } from "./job-token.ts";
import { createSend, type Fetch } from "./send.ts";
import { shareTabs } from "./share-tabs.ts";
import { createStore, type Store } from "./store.ts";
import { whileAwake } from "./while-awake.ts";

/** The job to watch, its server and the token. */
export interface WatchJobOptions<Name extends DialectName = DialectName> {
  /** The job's id, from your backend. */
  readonly id: string;
  /**
   * A token that reads this job, from the page's backend. Never an API key: everybody who sees the page can
   * copy it.
   */
  readonly token: string;
  /**
   * Gets a new token from the page's backend when the last one has expired. @default none: the watch fails
   */
  readonly refreshToken?: (() => Promise<string>) | undefined;
  /** The server's URL; a `/v1` at its end is ignored. A path such as `/memlane` is on the page's own origin. */
  readonly baseUrl: string;
  /** The API that created the job: `ingest` for a conversation, `batch` for a batch. @default "ingest" */
  readonly dialect?: Name | undefined;
  /**
   * How long the server may be unreachable, in milliseconds; the job itself may take any time. @default
   * 300_000
   */
  readonly timeoutMs?: number | undefined;
  /** Sends a request. @default globalThis.fetch */
  readonly fetch?: Fetch | undefined;
}

/** A watched job, in the shape that React's `useSyncExternalStore` takes. */
export type JobWatch<Job> = Store<JobSnapshot<Job>>;

/**
 * Watches a job. It reads the job while it has subscribers and until the job ends, but not while
 * the page is hidden or offline. If several tabs watch the same job, one reads for all. After
 * `failed`, it reads again when a listener subscribes, or, if a retry can help, when the page is
 * shown or back online.
 * @throws TypeError if the options cannot work, for example an API key instead of a token
 *
 * @example
 * import { watchJob } from "@memlane/sdk-browser";
 *
 * const watch = watchJob({ id, token, baseUrl, dialect: "batch" });
 * const stop = watch.subscribe(() => {
 *   const snapshot = watch.getSnapshot();
 *   if (snapshot.phase === "ended") console.log(snapshot.job.status);
 * });
 */
export function watchJob<Name extends DialectName = "ingest">(
  options: WatchJobOptions<Name>,
): JobWatch<JobWires[Name]>;
export function watchJob(options: WatchJobOptions): JobWatch<JobWires[DialectName]> {
  const { dialect = "ingest" } = options;
  return watch<JobWires[DialectName]>(options, dialect, dialects[dialect]);
}

function watch<Job extends { readonly status: string }>(
  { id, token, refreshToken, baseUrl, timeoutMs = defaultPollPolicy.timeoutMs, ...options }: WatchJobOptions,
  name: DialectName,
  dialect: JobDialect<Job>,
): JobWatch<Job> {
  // Looked up for each request, because tracing or a service worker may replace the global later.
  const { fetch = (request) => globalThis.fetch(request) } = options;
  if (!/^[\x21-\x7e]+$/.test(id)) throw new TypeError("id must be the job's id");
  if (!isJobToken(token)) throw new TypeError(`token: ${notAJobToken}`);
  if (!/^(?:https?:\/\/[^/]|\/(?!\/))/.test(baseUrl))
    throw new TypeError(`baseUrl must be an http or https address or a path, not '${baseUrl}'`);

  const send = createSend({ baseUrl, token, refreshToken, fetch });
  const policy = { ...defaultPollPolicy, timeoutMs, timeoutFrom: "lastAnswer" } as const;
  const store: JobWatch<Job> = createStore<JobSnapshot<Job>>({ phase: "waiting" }, (set) => {
    let isRefused = false;
    const known = () => {
      const snapshot = store.getSnapshot();
      return "job" in snapshot ? snapshot.job : undefined;
    };
    const show = (job: Job) => {
      const { phase } = store.getSnapshot();
      // Another tab, or the first reading after a pause, may report a job that is known already.
      if (phase !== "failed" && JSON.stringify(job) === JSON.stringify(known())) return;
      set({ phase: hasEnded(dialect, job) ? "ended" : "progress", job });
    };

    return whileAwake((signal) => {
      if (isRefused) return;
      shareTabs(`memlane ${new URL(baseUrl, location.href).href} ${name} ${id}`, signal, {
        latest: known,
        hear(news) {
          const job = jobOrNot(dialect, news);
          if (job !== undefined) show(job);
        },
        async lead(share) {
          if (store.getSnapshot().phase === "ended") return true;
          try {
            for await (const job of followJob(send, dialect, id, policy, signal)) {
              show(job);
              share(job);
            }
            return true;
          } catch (error) {
            if (!MemlaneError.is(error)) throw error;
            if (signal.aborted) return false;
            isRefused = !error.retryable;
            set({ phase: "failed", error, job: known() });
            return false;
          }
        },
      });
    });
  });
  return store;
}
