// Simultaneous requests share SQL statements, on a real PostgreSQL.
import type { Job, JobId } from "@memlane/core";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { newId } from "../src/base/new-id.ts";
import { createCoalescedJobs, type CoalescedJobs } from "../src/jobs/coalesced-jobs.ts";
import type { JobOfKind } from "../src/store/job-row.ts";
import type { NewJob } from "../src/store/insert-jobs.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { openTestDatabase } from "./test-database.ts";
import { jobDefaults } from "./default-options.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  await insertOrg(database, "org");
  await insertOrg(database, "other");
}, 30_000);
afterAll(() => database.close());

function counted() {
  const count = { statements: 0 };
  const query: Database["query"] = (...parameters) => {
    count.statements += 1;
    return database.query(...parameters);
  };
  return { count, jobs: createCoalescedJobs({ ...database, query }, jobDefaults) };
}

/** Enqueues a job without a key. */
async function insertNow<Kind extends Job["kind"]>(
  jobs: CoalescedJobs,
  job: NewJob<Kind>,
): Promise<JobOfKind<Kind>> {
  return (await jobs.insertOnce(job, undefined))!;
}

test("a hundred simultaneous jobs take two SQL statements, keep their requests, and are read with two more", async () => {
  const { count, jobs } = counted();
  const awkward = ['{"}', "\\", "NULL", "\u0000", "\ud800", "é😀", "{1,2}"];
  const created = await Promise.all(
    Array.from({ length: 100 }, (_, index) => {
      const request = { text: awkward[index % awkward.length], index };
      return insertNow(jobs, { id: newId() as JobId, orgId: "org", kind: "batch", request, received: index });
    }),
  );
  expect(created.map((job) => job.received)).toEqual(created.map((_, index) => index));
  expect(count.statements).toBe(2);
  const read = await Promise.all(created.map(({ id }) => jobs.read("org", "batch", id)));
  expect(read).toEqual(created);
  expect(count.statements).toBe(4);
  const rows = await database.query<{ request: string }>(
    "select request::text as request from memlane.job order by id",
  );
  expect(rows.map(({ request }) => JSON.parse(request))).toEqual(
    created.map((_, index) => ({ text: awkward[index % awkward.length], index })),
  );
});

test("a job of another organisation or kind is not found", async () => {
  const { jobs } = counted();
  const { id } = await insertNow(jobs, {
    id: newId() as JobId,
    orgId: "org",
    kind: "ingest",
    request: {},
    received: 0,
  });
  const [own, foreign, otherKind, missing] = await Promise.all([
    jobs.read("org", "ingest", id),
    jobs.read("other", "ingest", id),
    jobs.read("org", "batch", id),
    jobs.readAny("org", newId() as JobId),
  ]);
  expect([own?.id, foreign, otherKind, missing]).toEqual([id, undefined, undefined, undefined]);
});

test("a job that cannot be stored fails alone", async () => {
  const { jobs } = counted();
  const settled = await Promise.allSettled(
    ["org", "org", "nobody", "other"].map((orgId) =>
      insertNow(jobs, { id: newId() as JobId, orgId, kind: "ingest", request: {}, received: 0 }),
    ),
  );
  expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
});

test("in two processes, each key and each request without a key creates one job, for all mixes", async () => {
  let run = 0;
  const anyKey = fc.record({
    org: fc.constantFrom("org", "other"),
    key: fc.option(fc.constantFrom("a", "b", "c", "d")),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(anyKey, { minLength: 1, maxLength: 40 }), async (requests) => {
      run += 1;
      await database.query("delete from memlane.job");
      const processes = [counted(), counted()] as const;
      const made = await Promise.all(
        requests.map(({ org: orgId, key }, index) => {
          const job = {
            id: newId() as JobId,
            orgId,
            kind: "ingest",
            request: { index },
            received: 0,
          } as const;
          const keyed = key === null ? undefined : { orgId, key: `${run} ${key}`, fingerprint: "same" };
          return processes[index % 2 === 0 ? 0 : 1].jobs.insertOnce(job, keyed);
        }),
      );
      const places = requests.map(({ org, key }, index) => (key === null ? index : `${org} ${key}`));
      const expected = new Set(places).size;
      expect(made.filter((job) => job !== undefined)).toHaveLength(expected);
      expect(await database.query("select count(*)::integer as count from memlane.job")).toEqual([
        { count: expected },
      ]);
    }),
    { numRuns: 60 },
  );
});

test("a hundred simultaneous jobs with keys take two SQL statements, too", async () => {
  const { count, jobs } = counted();
  const insert = (index: number) => {
    const job = { id: newId() as JobId, orgId: "org", kind: "ingest", request: {}, received: 0 } as const;
    return jobs.insertOnce(job, { orgId: "org", key: `hundred ${index}`, fingerprint: "" });
  };
  const made = await Promise.all(Array.from({ length: 100 }, (_, index) => insert(index)));
  expect(made).not.toContain(undefined);
  expect(count.statements).toBe(2);
});
