// Measures a POST and a poll through the whole app without sockets, with and without shared SQL statements.
import type { JobId } from "@memlane/core";
import type { Database } from "../src/database/database.ts";
import { createOrgShares } from "../src/database/org-shares.ts";
import { createHttpApi } from "../src/http/http-api.ts";
import { createAnswerJob } from "../src/http/jobs/job-answers.ts";
import { trackOpenAnswers } from "../src/http/open-answers.ts";
import { createRateLimit } from "../src/http/rate-limit.ts";
import { createUsageCounter } from "../src/http/usage-counter.ts";
import { createBeginRedaction } from "../src/http/redaction.ts";
import { createWaitEstimate } from "../src/jobs/wait-estimate.ts";
import { createKey } from "../src/keys/create-key.ts";
import { createLogger } from "../src/logging/logger.ts";
import { newId } from "../src/base/new-id.ts";
import { createSearch } from "../src/search/search.ts";
import { createCoalescedJobs, type CoalescedJobs } from "../src/jobs/coalesced-jobs.ts";
import { isOfKind } from "../src/store/job-row.ts";
import { insertJob, readJob } from "../test/jobs.ts";
import { openCachedKeys } from "../src/cached-rows/cached-keys.ts";
import { openCachedLimits } from "../src/cached-rows/cached-limits.ts";
import { openCachedRedactionSettings } from "../src/cached-rows/cached-redaction-settings.ts";
import { noLimits } from "../src/store/limits.ts";
import { createWriteMemory } from "../src/memories/write-memory.ts";
import { openJobSignals } from "../src/jobs/job-signals.ts";
import { inTurns, ratePerSecond } from "./clock.ts";
import { httpDefaults, jobDefaults } from "../test/default-options.ts";

/** Requests a second, by how many are in flight. */
export interface RequestFigures {
  readonly inFlight: number;
  readonly shared: number;
  readonly single: number;
  /** The bare SQL statement, one by one, without our code. */
  readonly bare: number;
}

const conversation = {
  messages: [{ role: "user", content: "I live in Oslo." }],
  user_id: "ann",
  conv_id: "c",
};
const requestsPerRound = 4000;
const rounds = 3;

/** Measures POST and GET in turns. */
export async function measureRequests(
  database: Database,
  inFlight: number,
): Promise<{ posts: RequestFigures; polls: RequestFigures }> {
  const { key } = await createKey(database, "bench", "bench", ["memories:read", "memories:write"]);
  const headers = { "x-api-key": key, "x-org-id": "bench", "content-type": "application/json" };
  const single: CoalescedJobs = {
    insertOnce: (job) => insertJob(database, job),
    retry: createCoalescedJobs(database, jobDefaults).retry,
    async read(orgId, kind, id) {
      const job = await readJob(database, orgId, id);
      return isOfKind(job, kind) ? job : undefined;
    },
    readAny: (orgId, id) => readJob(database, orgId, id),
  };
  const signals = await openJobSignals(database);
  const findKey = await openCachedKeys(database);
  const limitsOf = await openCachedLimits(database, noLimits);
  const countRequest = createRateLimit(database);
  const usage = createUsageCounter(database, createLogger("silent"));
  const closing = new AbortController().signal;
  const answerJob = createAnswerJob(signals, createWaitEstimate(database), closing);
  const context = {
    database,
    databaseOf: createOrgShares(database),
    writeMemory: createWriteMemory(database),
    findKey,
    findKeyById: findKey, // no request has a token
    openAnswers: await trackOpenAnswers(database, findKey),
    limitsOf,
    usage,
    countRequest,
    beginRedaction: createBeginRedaction(await openCachedRedactionSettings(database)),
    search: createSearch(createLogger("silent")),
    signals,
    newId,
    audit: () => {},
    selfService: { mode: "off", signupsPerMinute: 1 } as const,
    answerJob,
    closing,
    allowPrivateWebhooks: false,
    log: createLogger("silent"),
  };
  const appOf = (jobs: CoalescedJobs) => createHttpApi({ ...context, jobs }, context.log, httpDefaults);
  const apps = { shared: appOf(createCoalescedJobs(database, jobDefaults)), single: appOf(single) };

  const ids: string[] = [];
  const post = async (name: keyof typeof apps) => {
    const request = { method: "POST", headers, body: JSON.stringify(conversation) };
    const response = await apps[name].request("/v1/memories", request);
    const body: unknown = await response.json();
    if (response.status !== 202) throw new Error(`POST answered ${response.status}`);
    ids.push((body as { id: string }).id);
  };
  const poll = async (name: keyof typeof apps, index: number) => {
    const response = await apps[name].request(`/v1/memories/jobs/${ids[(index * 7919) % ids.length]}`, {
      headers,
    });
    await response.text();
    if (response.status !== 200) throw new Error(`GET answered ${response.status}`);
  };
  const insertBare = () =>
    database.query(
      "insert into memlane.job (id, org_id, kind, request) values ($1, 'bench', 'ingest', $2) returning id",
      [newId() as JobId, JSON.stringify(conversation)],
    );
  const readBare = (index: number) =>
    database.query("select * from memlane.job where id = $1", [ids[index % ids.length]!.slice(4)]);

  const measured = (work: (index: number) => Promise<unknown>) => () =>
    ratePerSecond(requestsPerRound, inFlight, work);
  const posts = await inTurns(rounds, {
    shared: measured(() => post("shared")),
    single: measured(() => post("single")),
    bare: measured(insertBare),
  });
  const polls = await inTurns(rounds, {
    shared: measured((index) => poll("shared", index)),
    single: measured((index) => poll("single", index)),
    bare: measured(readBare),
  });
  await usage.close();
  await signals.close();
  return { posts: { inFlight, ...posts }, polls: { inFlight, ...polls } };
}
