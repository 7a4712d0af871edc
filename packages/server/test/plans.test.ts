// The plans of prepared statements.
import type { JobId, MemoryId } from "@memlane/core";
import { beforeEach, afterEach, expect, test } from "vitest";
import * as z from "zod";
import type { Database, Sql } from "../src/database/database.ts";
import { firstIdAt } from "../src/base/first-id-at.ts";
import { newId } from "../src/base/new-id.ts";
import { scoring } from "../src/search/ranking.ts";
import { claimJobs } from "../src/store/claim-jobs.ts";
import { succeedIngest } from "../src/jobs/end-job.ts";
import { listJobs } from "../src/store/list-jobs.ts";
import { listAcceptedSteps, listEndedSteps, listFailedItems, listProblems } from "../src/store/job-stats.ts";
import { readJobUsage } from "../src/store/job-usage.ts";
import { insertJobs } from "../src/store/insert-jobs.ts";
import { listTriggered } from "../src/store/lessons.ts";
import { insertEpisode, pageEpisodes } from "../src/store/episodes.ts";
import { insertMemories, pageMemories } from "../src/store/memories.ts";
import type { NewMemory } from "../src/store/memory-columns.ts";
import { endFact } from "../src/store/change-facts.ts";
import { repeatMemories, retireMemories, type Retirement } from "../src/store/fact-history.ts";
import { lockKnownFacts, readKnownFacts } from "../src/store/known-facts.ts";
import { createMessageRanking } from "../src/store/rank-messages.ts";
import { claimMemories } from "../src/store/mining.ts";
import { createMemoryRanking } from "../src/store/search-memories.ts";
import { claimDeliveries } from "../src/store/webhook-deliveries.ts";
import { refreshStatistics } from "../src/store/refresh-statistics.ts";
import { readJob } from "./jobs.ts";
import { saveMonthlyWrites } from "../src/store/write-usage.ts";
import { noLimits } from "../src/store/limits.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { openTestDatabase } from "./test-database.ts";
import { jobDefaults } from "./default-options.ts";

const result = { created: [], updated: [], supersededBy: {}, stageTimings: {}, ignoredGroupIds: [] };
const question = { orgId: "org", limits: { ...noLimits, unfinishedJobs: 10 }, agentIds: [] };
const manyJobs = 5000;
let database: Database;
beforeEach(async () => {
  database = await openTestDatabase();
  await insertOrg(database, "org");
});
afterEach(() => database.close());

const newJob = () => ({
  job: { id: newId() as JobId, orgId: "org", kind: "ingest" as const, request: {}, received: 0 },
  json: "{}",
});

const retirementOf = (id: MemoryId): Retirement => ({
  id,
  status: "superseded",
  superseded_by: id,
  invalid_at: new Date().toISOString(),
});

async function doJobs(sql: Sql, count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    const { job, json } = newJob();
    await insertJobs(sql, [{ job, json }], jobDefaults.keepHours);
    const [claimed] = await claimJobs(sql, 1, 60_000);
    await succeedIngest(sql, claimed!, result);
    await readJob(sql, "org", job.id);
  }
}

const explained = z.tuple([
  z.object({ "QUERY PLAN": z.tuple([z.object({ Plan: z.object({ "Shared Hit Blocks": z.int() }) })]) }),
]);

/** Runs a prepared statement with these parameters in SQL. Returns how many pages it reads. */
async function pagesRead(sql: Sql, name: string, parameters: string): Promise<number> {
  const plan = await sql.query(`explain (analyze, buffers, format json) execute "${name}" (${parameters})`);
  return explained.parse(plan)[0]["QUERY PLAN"][0].Plan["Shared Hit Blocks"];
}

test("an SQL statement is planned a few times, and not again for each use", async () => {
  const plans = await database.transaction(async (sql) => {
    await insertJobs(sql, Array.from({ length: manyJobs }, newJob), jobDefaults.keepHours);
    await refreshStatistics(sql);
    await doJobs(sql, 50);
    for (let asked = 0; asked < 50; asked += 1) await readJobUsage(sql, [question]);
    return sql.query<{ name: string; often: boolean }>(
      "select name, custom_plans > 10 as often from pg_prepared_statements order by name",
    );
  });
  const isOften = new Map(plans.map(({ name, often }) => [name, often]));
  const kept = ["claim jobs", "insert jobs", "read job usage", "read jobs", "succeed ingest"];
  expect(kept.filter((name) => isOften.get(name) !== false)).toEqual([]);
});

test.each(["was new", "was found empty"])(
  "a plan that was made when the table of jobs %s does not read all of it when it is full",
  async (state) => {
    if (state === "was found empty") await database.query("analyze memlane.job");
    await database.transaction(async (sql) => {
      await doJobs(sql, 10);
      const jobs = Array.from({ length: manyJobs }, newJob);
      await insertJobs(sql, jobs, jobDefaults.keepHours);
      await refreshStatistics(sql);
      expect(await pagesRead(sql, "claim jobs", "4, 60000, ''")).toBeLessThan(100);
      expect(await pagesRead(sql, "read jobs", `'{${jobs[0]!.job.id}}', '{org}', 32768`)).toBeLessThan(10);
    });
  },
);

/** What the server asks the database for in a minute with one conversation and one search, but for its job. */
async function serveOnce(sql: Sql): Promise<void> {
  const fact = {
    id: newId() as MemoryId,
    type: "fact",
    text: "User lives in Rome.",
    user_id: "ann",
  } as const;
  const reach = { needsRecent: true, slots: ["home"], fingerprints: ["live rome"], since: new Date() };
  const reached = await readKnownFacts(sql, "org", "ann", reach);
  await lockKnownFacts(sql, "org", "ann", reach, reached);
  await insertMemories(sql, "org", [fact]);
  const message = newId() as MemoryId;
  await insertEpisode(sql, "org", {
    id: newId() as MemoryId,
    userId: "ann",
    agentId: null,
    appId: null,
    conversationId: newId(),
    parts: [
      JSON.stringify([
        { id: message, message: 0, position: 0, occurrence: 1, speaker: "user", text: "I live in Rome." },
      ]),
    ],
    memoryIds: [[fact.id]],
  });
  const words = { weighted: [{ lexeme: "rome", weight: 1 }], isOneWord: true, fullWeight: 1, limit: 20 };
  await createMemoryRanking(scoring)(sql, { ...words, ids: [fact.id] });
  await createMessageRanking(scoring)(sql, { ...words, ids: [message] });
  const page = { limit: 20, order: "newest" } as const;
  for (const filter of [{}, { userId: "ann" }]) {
    await pageMemories(sql, "org", filter, page);
    await pageEpisodes(sql, "org", filter, page);
  }
  await claimMemories(sql, { limit: 4, leaseMs: 60_000, after: "" });
  const limits = { limitPerOrg: new Map(), limitOfOthers: 4 };
  await claimDeliveries(sql, { limit: 4, leaseMs: 60_000, after: "", ...limits });
}

test("the SQL statements of a conversation and a search keep their plans, which read few rows", async () => {
  await database.transaction(async (sql) => {
    for (const table of ["memory", "episode", "message", "memory_source"])
      await sql.query(`analyze memlane.${table}`);
    for (let served = 0; served < 20; served += 1) await serveOnce(sql);
    const often = await sql.query<{ name: string }>(
      "select name from pg_prepared_statements where custom_plans > 10 and name <> 'insert memories'",
    );
    expect(often).toEqual([]);
    await sql.query(
      `with number as (
         select lpad(n::text, 32, '0')::uuid as id, n from generate_series(1, ${manyJobs}) as n
       ), new_episode as (
         insert into memlane.episode (id, org_id, user_id, conversation_id, speakers)
         select id, 'org', 'user ' || n % 1000, n, '{user}' from number
       ), new_message as (
         insert into memlane.message (id, org_id, user_id, episode_id, position, speaker, text, digest, search)
         select id, 'org', 'user ' || n % 1000, id, 0, 'user', 'I live in Rome.', id, 'rome' from number
       ), new_memory as (
         insert into memlane.memory (id, org_id, type, text, user_id)
         select id, 'org', 'fact', 'User lives in Rome.', 'user ' || n % 1000 from number
       )
       insert into memlane.memory_source (memory_id, message_id) select id, id from number`,
    );
    await refreshStatistics(sql);
    const ids = `'{${"7".padStart(32, "0")}}'`;
    const pages: Record<string, string> = {
      "rank memories": `${ids}, '{rome}', '{1}', 1, 20`,
      "rank messages": `${ids}, '{rome}', '{1}', '{false}', 1, 20, '{1, 0.5, 0.5, 0.5}'`,
      "page memories": "'org', 20, 100000",
      "page memories of user": "'org', 'user 7', 20, 100000",
      "page episodes": "'org', 20, 100000",
      "page episodes of user": "'org', 'user 7', 20, 100000",
    };
    for (const [name, parameters] of Object.entries(pages))
      expect([name, (await pagesRead(sql, name, parameters)) < 1500]).toEqual([name, true]);
  });
});

test.each(["was new", "was found empty"])(
  "a plan that was made when the table of memories %s reads only the user's facts when it is full",
  async (state) => {
    if (state === "was found empty") await database.query("analyze memlane.memory");
    await database.transaction(async (sql) => {
      const reach = { needsRecent: true, slots: ["home"], fingerprints: ["live rome"], since: new Date() };
      for (let read = 0; read < 10; read += 1) {
        const facts = await readKnownFacts(sql, "org", "ann", reach);
        await lockKnownFacts(sql, "org", "ann", reach, facts);
        await repeatMemories(sql, "org", [
          { id: newId() as MemoryId, said_at: new Date().toISOString(), is_dated: false },
        ]);
        await retireMemories(sql, "org", [retirementOf(newId() as MemoryId)]);
      }
      const newFact = (index: number): NewMemory => ({
        id: newId() as MemoryId,
        type: "fact",
        text: "User has a dog.",
        user_id: `user ${index % 1000}`,
        fingerprint: `dog ${index}`,
      });
      const facts = Array.from({ length: manyJobs }, (_, index) => newFact(index));
      await insertMemories(sql, "org", facts);
      await refreshStatistics(sql);
      const reached = `'org', 'user 1', '{home}', '{dog 1}', now()`;
      expect(await pagesRead(sql, "read near and recent facts", reached)).toBeLessThan(100);
      expect(await pagesRead(sql, "check near and recent facts", `${reached}, false, '{}'`)).toBeLessThan(
        100,
      );
      const said = JSON.stringify([{ id: facts[0]!.id, said_at: new Date(), is_dated: false }]);
      expect(await pagesRead(sql, "repeat memories", `'org', '${said}', '{${facts[0]!.id}}'`)).toBeLessThan(
        100, // of the indexes
      );
      const { id } = facts[1]!;
      const retired = JSON.stringify([retirementOf(id)]);
      expect(await pagesRead(sql, "retire memories", `'org', '${retired}', '{${id}}'`)).toBeLessThan(100);
    });
  },
);

/** Runs statements, and counts the pages that they read. Each gets no rows, so it suits functions that read once. */
async function pagesOf(sql: Sql, read: (counted: Sql) => Promise<unknown>): Promise<number> {
  let pages = 0;
  const counted: Sql = {
    async query(statement, parameters) {
      const text = typeof statement === "string" ? statement : statement.text;
      const plan = await sql.query(`explain (analyze, buffers, format json) ${text}`, parameters);
      pages += explained.parse(plan)[0]["QUERY PLAN"][0].Plan["Shared Hit Blocks"];
      return [];
    },
  };
  await read(counted);
  return pages;
}

test("operators' questions about few jobs read few rows of a large table", async () => {
  await database.transaction(async (sql) => {
    await doJobs(sql, 20);
    await sql.query(
      `insert into memlane.job (id, org_id, kind, state, result, created_at, updated_at, expires_at)
       select (to_char(n, 'FM000000000000') || '70008000000000000000')::uuid, 'org', 'ingest', 'succeeded', '{}', $2, $2, now()
       from generate_series(1, $1::integer) as n`,
      [manyJobs, new Date(Date.now() - 86_400_000)],
    );
    await sql.query("analyze memlane.job");
    const page = { limit: 50, after: undefined };
    const start = new Date(Date.now() - 3_600_000);
    const steps = { start, stepMs: 60_000, firstId: firstIdAt(start.getTime()) };
    const questions: Record<string, (counted: Sql) => Promise<unknown>> = {
      unfinished: (counted) => listJobs(counted, "org", { states: ["queued", "active", "retrying"] }, page),
      failed: (counted) => listJobs(counted, "org", { states: ["failed"] }, page),
      "with an error code": (counted) => listJobs(counted, "org", { errorCode: "timed_out" }, page),
      accepted: (counted) => listAcceptedSteps(counted, "org", steps),
      ended: (counted) => listEndedSteps(counted, "org", steps),
      problems: (counted) => listProblems(counted, null, start),
      "failed items": (counted) => listFailedItems(counted, null, start),
    };
    for (const [name, ask] of Object.entries(questions)) {
      expect([name, (await pagesOf(sql, ask)) < 60]).toEqual([name, true]);
    }
  });
});

test("a page of memories, episodes or messages reads few other rows, even with old statistics", async () => {
  await database.transaction(async (sql) => {
    for (const table of ["memory", "episode", "message", "memory_source"])
      await sql.query(`analyze memlane.${table}`);
    // Numbers as ids: an episode with two messages, and a fact from each of them.
    await sql.query(
      `with number as (select n, lpad(n::text, 32, '0')::uuid as id from generate_series(1, 10000) as n), new_episode as (
         insert into memlane.episode (id, org_id, speakers) select id, 'org', '{user}' from number where n % 2 = 0
       ), new_message as (
         insert into memlane.message (id, org_id, episode_id, position, speaker, text, digest, search)
         select id, 'org', lpad((n + n % 2)::text, 32, '0')::uuid, n % 2, 'user', 'I live in Rome.', id, 'rome' from number
       ), new_memory as (
         insert into memlane.memory (id, org_id, type, text) select id, 'org', 'fact', 'User lives in Rome.' from number
       )
       insert into memlane.memory_source (memory_id, message_id) select id, id from number`,
    );
    const page = { limit: 20, order: "newest" } as const;
    const ids = Array.from({ length: 20 }, (_, n) => `${n + 1}`.padStart(32, "0") as MemoryId);
    const weighted = [{ lexeme: "rome", weight: 1 }];
    const ranking = { ids, weighted, isOneWord: true, fullWeight: 1, limit: 20 };
    const lists: Record<string, (counted: Sql) => Promise<unknown>> = {
      memories: (counted) => pageMemories(counted, "org", {}, page),
      episodes: (counted) => pageEpisodes(counted, "org", {}, page),
      messages: (counted) => createMessageRanking(scoring)(counted, ranking),
    };
    for (const [name, list] of Object.entries(lists)) {
      expect([name, await pagesOf(sql, list)]).toEqual([name, expect.toSatisfy((pages) => pages < 1500)]);
    }
  });
});

interface PlanNode {
  readonly "Relation Name"?: string | undefined;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly Plans?: readonly PlanNode[] | undefined;
}
const planNode: z.ZodType<PlanNode> = z.object({
  "Relation Name": z.optional(z.string()),
  "Actual Rows": z.number(),
  "Actual Loops": z.number(),
  Plans: z.optional(z.array(z.lazy(() => planNode))),
});
const plans = z.tuple([z.object({ "QUERY PLAN": z.tuple([z.object({ Plan: planNode })]) })]);

/** Runs a statement that reads once, and counts the rows that it reads of a table. */
async function rowsOf(sql: Sql, table: string, read: (counted: Sql) => Promise<unknown>): Promise<number> {
  let rows = 0;
  const count = (node: PlanNode) => {
    if (node["Relation Name"] === table) rows += node["Actual Rows"] * node["Actual Loops"];
    node.Plans?.forEach(count);
  };
  await read({
    async query(statement, parameters) {
      const text = typeof statement === "string" ? statement : statement.text;
      const plan = await sql.query(`explain (analyze, format json) ${text}`, parameters);
      count(plans.parse(plan)[0]["QUERY PLAN"][0].Plan);
      return [];
    },
  });
  return rows;
}

test("a look-up of lessons reads only the user's, or the best of those with a common identifier", async () => {
  await database.transaction(async (sql) => {
    await sql.query(
      `with number as (select n, lpad(n::text, 32, '0')::uuid as id from generate_series(1, $1::integer) as n), new_memory as (
         insert into memlane.memory (id, org_id, type, text, user_id) select id, 'org', 'lesson', 'Run it.', 'user ' || n % 100 from number
       ), new_lesson as (
         insert into memlane.lesson (memory_id, org_id) select id, 'org' from number
       )
       insert into memlane.trigger_entity (org_id, entity, memory_id)
       select 'org', 'common', id from number union all select 'org', 'rare ' || n, id from number`,
      [manyJobs],
    );
    await refreshStatistics(sql);
    const entities = ["common", ...Array.from({ length: 300 }, (_, n) => `rare ${n}`)];
    const filter = { types: ["lesson"] } as const;
    const lookUp = { orgId: "org", filter, namespace: null, entities, limit: 50 };
    const recalled = await listTriggered(sql, lookUp);
    expect(recalled.map(({ matchedOn }) => matchedOn.length)).toEqual(Array.from({ length: 50 }, () => 2));
    const rows = await rowsOf(sql, "memory", (counted) => listTriggered(counted, lookUp));
    expect(rows).toBeLessThan(0.6 * manyJobs);

    const ofUser = { ...lookUp, filter: { ...filter, userId: "user 7" } };
    expect(await listTriggered(sql, ofUser)).toHaveLength(50);
    for (const table of ["memory", "trigger_entity"]) {
      const read = await rowsOf(sql, table, (counted) => listTriggered(counted, ofUser));
      expect([table, read < manyJobs / 10]).toEqual([table, true]);
    }
  });
});

test.each(["was new", "was found empty"])(
  "a plan made when the table of webhooks %s reads none for an organisation without any",
  async (state) => {
    if (state === "was found empty") await database.query("analyze memlane.webhook");
    await database.transaction(async (sql) => {
      const newMemory = (): NewMemory => ({ id: newId() as MemoryId, type: "fact", text: "User has a dog." });
      for (let stored = 0; stored < 10; stored += 1) await insertMemories(sql, "org", [newMemory()]);
      await sql.query(
        `with org as (
           insert into memlane.org (id) select 'org ' || n from generate_series(1, $1::integer) as n returning id
         )
         insert into memlane.webhook (id, org_id, main, url, events, enabled, secret)
         select gen_random_uuid(), id, true, 'https://example.com', '{*}', true, 'whsec_AAAA' from org`,
        [manyJobs],
      );
      const changes: Record<string, (counted: Sql) => Promise<unknown>> = {
        stored: (counted) => insertMemories(counted, "org", [newMemory()]),
        retired: (counted) => retireMemories(counted, "org", [retirementOf(newId() as MemoryId)]),
        ended: (counted) => endFact(counted, "org", newId() as MemoryId, undefined),
        counted: (counted) => saveMonthlyWrites(counted, "org", { writes: 8, limit: 10 }),
      };
      for (const [name, change] of Object.entries(changes)) {
        // The table of webhooks has 87 pages.
        expect([name, await pagesOf(sql, change)]).toEqual([name, expect.toSatisfy((pages) => pages < 40)]);
      }
      const said = JSON.stringify([newMemory()]);
      expect(await pagesRead(sql, "insert memories", `'org', '${said}'`)).toBeLessThan(40);
    });
  },
);
