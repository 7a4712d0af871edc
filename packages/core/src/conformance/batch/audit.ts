import { check, type Site } from "../check.ts";
import { CheckSkipped } from "../check-failure.ts";
import { expectAnswer, expectStatus, expectThat, expectValue } from "../expect.ts";
import {
  anything,
  containing,
  count,
  listOf,
  nullable,
  oneOf,
  recordOf,
  text,
  timestamp,
} from "../pattern.ts";
import { addFact, write } from "../prepare.ts";
import { batchError } from "./documents.ts";

const event = {
  ts: timestamp,
  actor: oneOf("rest", "mcp", "worker", "dashboard", "manage"),
  action: oneOf(
    "read",
    "write",
    "fact_write",
    "fact_invalidate",
    "erase",
    "key_create",
    "key_revoke",
    "tenant_create",
  ),
  result: oneOf("ok", "denied", "error"),
  user_id: nullable(text),
  target_id: nullable(text),
  meta: nullable(recordOf(anything)),
  ip: nullable(text),
  read: nullable({ memories: listOf(text), facts: listOf(text) }),
} as const;
/** A page of the audit. */
export const auditPage = { events: listOf(event), total: count } as const;

const list = async ({ batch, user }: Site, query = "") =>
  expectAnswer(await batch(`GET /v1/audit?user_id=${user}${query}`), 200, auditPage);

/** Waits for a record of this action, because a server may write it after its answer. */
const recordOfAction = (site: Site, action: string) =>
  site.until(`a record of the action ${action}`, async () => {
    const { events } = await list(site, `&action=${action}`);
    return events[0];
  });

export const auditChecks = [
  check("batch.audit.write", "`GET /v1/audit` has a record of a write.", async (site) => {
    await write(site, "Notes.");
    expectValue("record", await recordOfAction(site, "write"), {
      ...event,
      actor: "rest",
      action: "write",
      read: null,
      result: "ok",
      user_id: site.user,
    });
  }),
  check(
    "batch.audit.fact-write",
    "An added fact is recorded as `fact_write`, a forgotten one as `fact_invalidate`.",
    async (site) => {
      const { id } = await addFact(site, "Ada", "owns", "Rex");
      expectValue("record", await recordOfAction(site, "fact_write"), {
        ...event,
        action: "fact_write",
        result: "ok",
      });
      await site.batch(`POST /v1/facts/${id}/forget`, {});
      expectValue("record", await recordOfAction(site, "fact_invalidate"), {
        ...event,
        action: "fact_invalidate",
        target_id: id,
      });
    },
  ),
  check("batch.audit.read", "A read is recorded with the ids in its answer.", async (site) => {
    const { id } = await write(site, "The harp is old.");
    expectStatus(await site.batch("POST /v1/memories/search", { query: "harp", user_id: site.user }), 200);
    const record = await site.until("a read that shows the memory", async () => {
      const { events } = await list(site, "&action=read");
      return events.find(({ read }) => read?.memories.includes(id));
    });
    expectValue("record", record, { action: "read", result: "ok" });
  }),
  check("batch.audit.erase", "Erasing is recorded without the words that were erased.", async (site) => {
    await write(site, "I have a parrot named Polly.");
    await site.batch(`DELETE /v1/users/${site.user}/memories`);
    await recordOfAction(site, "erase");
    const answer = await site.batch(`GET /v1/audit?user_id=${site.user}`);
    expectThat(!answer.text.includes("Polly"), "no content in the records", answer.text);
  }),
  check(
    "batch.audit.receipt",
    "The audit id of a receipt begins with `aud_` and differs each time.",
    async (site) => {
      const ids = [];
      for (const name of ["a", "b"]) {
        const answer = await site.batch(`DELETE /v1/users/${site.user}.${name}/memories`);
        ids.push(expectAnswer(answer, 200, { audit_id: containing("aud_") }).audit_id);
      }
      expectThat(ids[0] !== ids[1], "two ids", ids);
    },
  ),
  check(
    "batch.audit.newest",
    "Records are newest first, with pages by `limit` and `offset`; `total` counts all records.",
    async (site) => {
      for (const object of ["Rex", "Polly", "Tom"]) await addFact(site, "Ada", "owns", object);
      const all = await site.until("three records", async () => {
        const read = await list(site, "&action=fact_write");
        return read.total >= 3 ? read : undefined;
      });
      const times = all.events.map(({ ts }) => Date.parse(ts));
      expectThat(times.join() === times.toSorted((a, b) => b - a).join(), "falling times", times);
      const pages = [
        await list(site, "&action=fact_write&limit=2"),
        await list(site, "&action=fact_write&limit=2&offset=2"),
      ];
      expectThat(
        pages[0]?.events.length === 2 && pages[0].total === all.total,
        "a page of 2 and the total",
        pages[0],
      );
      expectThat(pages[1]?.events.length === all.total - 2, "the others on the second page", pages[1]);
    },
  ),
  check("batch.audit.period", "`since` and `until` are inclusive.", async (site) => {
    await addFact(site, "Ada", "owns", "Rex");
    const { ts } = await recordOfAction(site, "fact_write");
    const bound = encodeURIComponent(ts);
    const during = await list(site, `&action=fact_write&since=${bound}&until=${bound}`);
    expectThat(during.total === 1, "the record at exactly this time", during);
    const after = await list(site, "&since=2999-01-01T00:00:00Z");
    expectThat(after.total === 0, "no record in the future", after);
  }),
  check(
    "batch.audit.unknown-action",
    "An unknown `action` gives an empty page; an empty `action` does not filter.",
    async (site) => {
      await addFact(site, "Ada", "owns", "Rex");
      await recordOfAction(site, "fact_write");
      expectValue("page", await list(site, "&action=dance"), { events: [], total: 0 });
      expectThat((await list(site, "&action=")).total > 0, "all records without a filter");
    },
  ),
  check("batch.audit.unrecorded", "Reading the audit is not recorded.", async (site) => {
    await addFact(site, "Ada", "owns", "Rex");
    const { total } = await site.until("the record", async () => {
      const read = await list(site);
      return read.total > 0 ? read : undefined;
    });
    for (let index = 0; index < 3; index += 1) await list(site);
    const after = await list(site);
    expectThat(after.total === total, `still ${total} records`, after.total);
  }),
  check("batch.audit.limit", "`limit` is 1 to 1,000.", async ({ batch }) => {
    for (const limit of [0, 1001]) {
      expectAnswer(
        await batch(`GET /v1/audit?limit=${limit}`),
        422,
        batchError("invalid_request", containing("limit")),
      );
    }
    expectAnswer(await batch("GET /v1/audit?limit=1000"), 200, auditPage);
  }),
  check("batch.audit.delete", "Deleting a memory is recorded, with the user of the memory.", async (site) => {
    const { id } = await write(site, "The harp is old.");
    const isWrite = ({ action, target_id }: { action: string; target_id: string | null }) =>
      action !== "read" && target_id === id;
    const before = await site.until("the record of the write", async () => {
      const { length } = (await list(site)).events.filter(isWrite);
      return length > 0 ? length : undefined;
    });
    expectStatus(await site.batch(`DELETE /v1/memories/${id}`), 200);
    await site.until("one more record about the memory", async () => {
      const { events } = await list(site);
      return events.filter(isWrite).length > before ? true : undefined;
    });
  }),
  check(
    "batch.audit.delete-fact",
    "Deleting a memory that is a fact is recorded as `fact_invalidate` of this fact.",
    async (site) => {
      const { id } = await addFact(site, "Ada", "owns", "Rex");
      const answer = await site.batch(`DELETE /v1/memories/${id.replace("fct_", "mem_")}`);
      if (answer.status === 404) throw new CheckSkipped("facts have no memory ids on this server");
      expectAnswer(answer, 200, { status: "forgotten", facts_invalidated: 1 });
      expectValue("record", await recordOfAction(site, "fact_invalidate"), { ...event, target_id: id });
    },
  ),
  check(
    "batch.audit.mined",
    "Facts that the server mines are recorded as the work of its worker, with their user.",
    async (site) => {
      await write(site, "I live in Oslo.");
      const record = await recordOfAction(site, "fact_write");
      expectValue("record", record, { ...event, actor: "worker", result: "ok", user_id: site.user });
    },
  ),
  check(
    "batch.audit.contradicted",
    "A fact that a new fact contradicts is recorded as `fact_invalidate`, with its user.",
    async (site) => {
      await addFact(site, "User", "lives in", "Paris", { subject_type: "self", valid_from: "2026-01-01" });
      await addFact(site, "User", "lives in", "Berlin", { subject_type: "self", valid_from: "2026-02-01" });
      const record = await recordOfAction(site, "fact_invalidate");
      expectValue("record", record, { ...event, result: "ok", user_id: site.user });
    },
  ),
];
