import { isJobTimeout, MemlaneError, type Client } from "@memlane/core";
import type { SourceLine } from "./split-lines.ts";
import type { Submit } from "./submit.ts";
import type { Tally } from "./tally.ts";

/** What the jobs of one import share, and the account of the lines that one of them is made of. */
export interface ImportContext {
  readonly client: Client;
  readonly submit: Submit;
  readonly tally: Tally;
  /** The name of the import: every key of its requests begins with it. */
  readonly importId: string;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Ends the import. */
  readonly halt: (error: MemlaneError) => void;
  /** Holds the jobs that run now; those that are in it at the end go on without us. */
  readonly running: Map<string, LineJob>;
}

/** A job that was accepted, and the lines that it is made of. */
export interface LineJob {
  /** By which it can be waited for: `job_…`. */
  readonly id: string;
  /** Whether it is of `client.memories.jobs` or of `client.batch`. */
  readonly kind: "ingest" | "batch";
  /** Counted from 1. */
  readonly firstLine: number;
  /** Counted from 1; this line is among them. */
  readonly lastLine: number;
}

/** How the waiting for a job ended. */
export type Following<Job> =
  | { readonly type: "ended"; readonly job: Job }
  /** Its end cannot be learned. */
  | { readonly type: "lost"; readonly error: MemlaneError }
  /** The import ended first. */
  | { readonly type: "left" };

/** A job that has not ended by then is left, so that the import can be taken up again when the server is well. */
const patienceMs = 60 * 60_000;

/** Stays with a job until it ends, for an hour at most: then the import ends, since no other job would fare better. */
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

/** Notes that a share of these lines has come to its end, be it good or bad. */
export function settle(tally: Tally, lines: readonly SourceLine[], share: number): void {
  const bytes = lines.reduce((sum, { byteLength }) => sum + byteLength, 0);
  tally.add({ settledLines: lines.length * share, settledBytes: bytes * share });
}
