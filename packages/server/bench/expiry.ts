// Measures what clients notice while the jobs of a day are deleted: the longest answer, compared with the longest answer without
// expired jobs.
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../src/database/database.ts";
import { insertEndedJobs } from "./ended-jobs.ts";
import { openHttpLoad } from "./http-load.ts";
import { startServer } from "./server-process.ts";
import { withStore } from "./store.ts";
import { printPoll, printPost, trivial } from "./wire.ts";

const betweenMs = 5;

/** The result. */
export interface ExpiryFigures {
  readonly seconds: number;
  /** Durations of the requests meanwhile, in milliseconds. */
  readonly tookMs: readonly number[];
  /** The same for an equal time without expired jobs. */
  readonly quietMs: readonly number[];
  /** The size of the table before, after, and after the same number of new jobs, in bytes. */
  readonly sizes: readonly [before: number, after: number, again: number];
}

/** Lets many jobs expire at once, while clients poll and post. */
export async function measureExpiry(jobs: number): Promise<ExpiryFigures> {
  return withStore(async ({ database, url }) => {
    const size = async () => {
      const [row] = await database.query<{ readonly size: string }>(
        "select pg_total_relation_size('memlane.job') as size",
      );
      return Number(row!.size);
    };
    await insertEndedJobs(database, jobs, "0");
    const before = await size();
    const startedMs = performance.now();
    const server = await startServer("serve", url);
    const tookMs = await askUntil(server.url, async () => !(await hasExpiredJobs(database)));
    const seconds = (performance.now() - startedMs) / 1000;
    const quietUntilMs = performance.now() + seconds * 1000;
    const quietMs = await askUntil(server.url, async () => performance.now() > quietUntilMs);
    await server.stop();
    const after = await size();
    await insertEndedJobs(database, jobs, "0");
    return { seconds, tookMs, quietMs, sizes: [before, after, await size()] };
  });
}

/**
 * Polls and posts in turn. Returns the durations without the first round, because a process is slow
 * at first.
 */
async function askUntil(url: string, isOver: () => Promise<boolean>): Promise<number[]> {
  const load = await openHttpLoad(url, 1);
  const post = printPost("/v1/memories", trivial);
  const tookMs: number[] = [];
  const ask = async (request: string, status: number) => {
    const startedMs = performance.now();
    const body = await load.ask(request, status);
    tookMs.push(performance.now() - startedMs);
    await sleep(betweenMs);
    return body;
  };
  for (let round = 0; round % 20 !== 0 || !(await isOver()); round += 1) {
    const id = /"id":"(job_\w+)"/.exec(await ask(post, 202))?.[1];
    if (id === undefined) throw new Error("a POST was answered without an id");
    await ask(printPoll(id), 200);
  }
  load.close();
  return tookMs.slice(2);
}

async function hasExpiredJobs(database: Database): Promise<boolean> {
  const rows = await database.query("select from memlane.job where expires_at <= now() limit 1");
  return rows.length > 0;
}
