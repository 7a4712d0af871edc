import { isJobTimeout, MemlaneError, type Client } from "@memlane/core";
import type { SourceLine } from "./split-lines.ts";
import type { Submit } from "./submit.ts";
import type { Tally } from "./tally.ts";

/** What the jobs of an import share, and the tally of one chunk of lines. */
export interface ImportContext {
  readonly client: Client;
  readonly submit: Submit;
  readonly tally: Tally;
  /** The id of the import. Every idempotency key begins with it. */
  readonly importId: string;
  /** Stops waiting. */
  readonly signal: AbortSignal;
  /** Ends the import. */
  readonly halt: (error: MemlaneError) => void;
  /** The unfinished jobs by their id. If the import ends early, they continue on the server. */
  readonly running: Map<string, LineJob>;
}

/** An accepted job and the lines that it is made of. */
export interface LineJob {
  /** The id of the job: `job_…`. */
  readonly id: string;
  /** Whether the job belongs to `client.memories.jobs` or to `client.batch`. */
  readonly kind: "ingest" | "batch";
  /** Counted from 1. */
  readonly firstLine: number;
  /** Counted from 1; inclusive. */
  readonly lastLine: number;
}

/** How waiting for a job ended. */
export type Following<Job> =
  | { readonly type: "ended"; readonly job: Job }
  /** The job's outcome is unknown. */
  | { readonly type: "lost"; readonly error: MemlaneError }
  /** The import ended before the job ended. */
  | { readonly type: "left" };

/** After this time the import stops. It can continue when the server works again. */
const patienceMs = 60 * 60_000;

/** Waits for a job. If it takes more than an hour, the import ends, because other jobs would take as long. */
export async function followJob<Job>(
  { tally, signal, halt, running }: ImportContext,
  lineJob: LineJob,
  pollUntilDone: (options: { timeoutMs: number; signal: AbortSignal }) => Promise<Job>,
): Promise<Following<Job>> {
  running.set(lineJob.id, lineJob);
  tally.add({ jobs: 1 });
  try {
    const job = await pollUntilDone({ timeoutMs: patienceMs, signal });
    running.delete(lineJob.id);
    return { type: "ended", job };
  } catch (error) {
    if (!MemlaneError.is(error)) throw error;
    if (isJobTimeout(error)) halt(error);
    if (signal.aborted) return { type: "left" };
    running.delete(lineJob.id);
    return { type: "lost", error };
  }
}

/** Records that a share of these lines is finished, whether stored or failed. */
export function settle(tally: Tally, lines: readonly SourceLine[], share: number): void {
  const bytes = lines.reduce((sum, { byteLength }) => sum + byteLength, 0);
  tally.add({ settledLines: lines.length * share, settledBytes: bytes * share });
}
