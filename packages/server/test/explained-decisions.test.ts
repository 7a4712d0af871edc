// The debug log of a job, with a real worker on a real PostgreSQL.
import { jobIds, type JobId } from "@memlane/core";
import pino from "pino";
import { expect, test } from "vitest";
import { newId } from "../src/base/new-id.ts";
import { createOfflineExtractor } from "../src/pipeline/extract/english/offline-extractor.ts";
import { createTextStages } from "../src/pipeline/text-stages.ts";
import { insertJob, readJob } from "./jobs.ts";
import { noLimits } from "../src/store/limits.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { openJobSignals } from "../src/jobs/job-signals.ts";
import { createRunJob } from "../src/worker/run-job.ts";
import { startWorker } from "../src/worker/worker.ts";
import { openTestDatabase } from "./test-database.ts";
import { workerDefaults } from "./default-options.ts";

test("the debug log has each statement's decision and message ids, but none of the words", async () => {
  const lines: string[] = [];
  const log = pino({ level: "debug", base: null }, { write: (line) => lines.push(line) });
  const database = await openTestDatabase();
  await insertOrg(database, "org");
  const contents = ["I live in Paris.", "I like tea.", "I like tea!", "I moved to Berlin."];
  const messages = contents.map((content) => ({ role: "user", content }));
  const id = newId() as JobId;
  await insertJob(database, {
    id,
    orgId: "org",
    kind: "ingest",
    request: { messages, user_id: "ann", conv_id: "c", group_ids: [] },
    received: 0,
  });
  const signals = await openJobSignals(database);
  const runJob = createRunJob({
    database,
    signals,
    textStages: createTextStages(createOfflineExtractor()),
    audit: () => {},
    limitsOf: async () => noLimits,
    log,
  });
  const worker = startWorker({ database, signals, runJob, log, ...workerDefaults });
  await expect
    .poll(() => readJob(database, "org", id), { timeout: 20_000 })
    .toMatchObject({ state: "succeeded" });
  await worker.stop();
  await signals.close();
  await database.close();

  const decided = lines.map((line) => JSON.parse(line)).filter(({ decision }) => decision !== undefined);
  const [paris, tea] = decided;
  expect(decided).toMatchObject([
    { job: jobIds.print(id), decision: "create", fact_type: "home", messages: [0] },
    { job: jobIds.print(id), decision: "create", messages: [1] },
    { job: jobIds.print(id), decision: "duplicate", of: tea.id, messages: [2] },
    {
      job: jobIds.print(id),
      decision: "supersede",
      supersedes: [paris.id],
      messages: [3],
    },
  ]);
  expect(lines.join("")).not.toMatch(/Paris|tea|Berlin/);
});
