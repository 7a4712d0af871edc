// The states that a caller who waits for a job reads, on a real PostgreSQL.
import type { JobId } from "@memlane/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { jobReadings } from "../src/jobs/job-readings.ts";
import { newId } from "../src/base/new-id.ts";
import { claimJobs } from "../src/store/claim-jobs.ts";
import { succeedIngest } from "../src/jobs/end-job.ts";
import { insertJob, readJob } from "./jobs.ts";
import type { StoredJob } from "../src/store/job-row.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { openJobSignals, type JobSignals } from "../src/jobs/job-signals.ts";
import { openTestDatabase } from "./test-database.ts";

let database: Database;
let signals: JobSignals;
beforeAll(async () => {
  database = await openTestDatabase();
  signals = await openJobSignals(database);
  await insertOrg(database, "org");
}, 30_000);
afterAll(async () => {
  await signals?.close();
  await database?.close();
});

const enqueue = () =>
  insertJob(database, { id: newId() as JobId, orgId: "org", kind: "ingest", request: {}, received: 0 });

/** Does the queued job like a worker. */
async function doJob(): Promise<StoredJob> {
  const [job] = await claimJobs(database, 1, 60_000);
  const result = { created: [], updated: [], supersededBy: {}, stageTimings: {}, ignoredGroupIds: [] };
  return (await succeedIngest(database, job!, result))!;
}

/** The states that the job's creator reads within five seconds, and the number of queries. */
async function readToItsEnd(made: StoredJob, whileWaiting: () => Promise<void> = async () => {}) {
  let reads = 0;
  const read = async (ended?: StoredJob) => {
    if (ended !== undefined) return ended;
    reads += 1;
    return readJob(database, "org", made.id);
  };
  const states: unknown[] = [];
  const followed = { id: made.id, read, signal: AbortSignal.timeout(5000), made };
  for await (const job of jobReadings(signals, followed)) {
    states.push(job?.state);
    if (states.length === 1) void whileWaiting();
  }
  return { states, reads };
}

test("a job that is created and ends in one process is never read", async () => {
  const waiting = readToItsEnd(await enqueue(), async () => signals.announceEnded(await doJob()));
  expect(await waiting).toEqual({ states: ["queued", "succeeded"], reads: 0 });
});

test("if a job ends before its caller listens, the caller still gets the end soon", async () => {
  const made = await enqueue();
  await doJob();
  expect(await readToItsEnd(made)).toEqual({ states: ["queued", "succeeded"], reads: 1 });
});
