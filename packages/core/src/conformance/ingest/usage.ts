import { check, checkAlone, type Site } from "../check.ts";
import { expectAnswer, expectStatus, expectThat, expectValue } from "../expect.ts";
import { count, filledText, listOf, matching, nullable, oneOf, text, timestamp } from "../pattern.ts";
import { remember } from "../prepare.ts";

const operations = { messages_ingested: count, searches: count, requests: count } as const;
const quota = { used: count, limit: nullable(count) } as const;
const day = matching(/^\d{4}-\d\d-\d\d$/, "a day");

const usage = {
  object: "usage",
  as_of: timestamp,
  period: {
    key: matching(/^\d{4}-\d\d(-\d\d)?$/, "a month or a day"),
    start: filledText,
    end: filledText,
    type: oneOf("calendar_month", "billing_period"),
  },
  tier: nullable(text),
  operations,
  daily: nullable(listOf({ date: day, ...operations })),
  by_api_key: nullable(
    listOf({
      api_key_hash: filledText,
      first_n: nullable(text),
      name: nullable(text),
      ...operations,
      last_used_at: nullable(timestamp),
    }),
  ),
  storage: { memories_active: count, episodes_active: count, artifacts_active: count, as_of: timestamp },
  quota: {
    rate_limit_req_per_min: count,
    monthly: { period_key: filledText, resets_at: timestamp, messages_ingested: quota, searches: quota },
  },
} as const;

const read = async ({ ingest }: Site, query = "") =>
  expectAnswer(await ingest(`GET /v1/usage${query}`), 200, usage);

export const usageChecks = [
  check(
    "ingest.usage.shape",
    "`GET /v1/usage` answers `period`, `operations`, `storage` and `quota`.",
    async (site) => {
      expectValue("usage", await read(site), { ...usage, daily: null, by_api_key: null });
    },
  ),
  check(
    "ingest.usage.daily",
    "With `daily=true` there is an entry for each day so far or of the whole period.",
    async (site) => {
      const { daily, period } = await read(site, "?daily=true");
      expectThat(daily !== null && daily.length > 0, "days", daily);
      const days = daily.map(({ date }) => date);
      expectThat(
        new Set(days).size === days.length && days[0] === period.start.slice(0, 10),
        `each day from ${period.start}`,
        days,
      );
    },
  ),
  check(
    "ingest.usage.keys",
    "With `by_api_key=true` there is an entry for the key, without the key itself.",
    async (site) => {
      await remember(site, ["Hi!"]);
      const { by_api_key } = await read(site, "?by_api_key=true");
      expectThat(by_api_key !== null && by_api_key.length > 0, "keys", by_api_key);
      expectThat(!JSON.stringify(by_api_key).includes(site.target.apiKey), "no whole key", by_api_key);
    },
  ),
  checkAlone(
    "ingest.usage.messages",
    "`messages_ingested` counts messages, `searches` searches, and `requests` both kinds of requests.",
    async (site) => {
      const before = await read(site);
      await remember(site, ["Hi!", "Hello!", "How are you?"]);
      await site.ingest("POST /v1/memories/search", { query: "dog", user_id: site.user, mode: "retrieve" });
      await site.until("3 messages, 1 search and 2 requests more", async () => {
        const { operations: now } = await read(site);
        const grown = (["messages_ingested", "searches", "requests"] as const).map(
          (name) => now[name] - before.operations[name],
        );
        return grown.join() === "3,1,2" ? true : undefined;
      });
    },
  ),
  checkAlone("ingest.usage.quota", "`quota.monthly` counts the same messages and searches.", async (site) => {
    const before = await read(site);
    await remember(site, ["Hi!", "Hello!"]);
    await site.until("2 messages more of the quota", async () => {
      const { quota: now } = await read(site);
      return now.monthly.messages_ingested.used - before.quota.monthly.messages_ingested.used === 2
        ? true
        : undefined;
    });
  }),
  checkAlone(
    "ingest.usage.trigger",
    "A request to `POST /v1/memories/trigger` changes no number in `operations`.",
    async (site) => {
      const before = await read(site);
      await site.ingest("POST /v1/memories/trigger", { entities: ["deploy"], user_id: site.user });
      const after = await read(site);
      expectValue("operations", after.operations, before.operations);
    },
  ),
  checkAlone("ingest.usage.storage", "`storage` counts the active memories and episodes.", async (site) => {
    const before = await read(site);
    await remember(site, ["I live in Oslo."]);
    await site.until("one memory and one episode more", async () => {
      const { storage: now } = await read(site);
      const { storage: then } = before;
      return now.memories_active > then.memories_active && now.episodes_active === then.episodes_active + 1
        ? true
        : undefined;
    });
  }),
  check(
    "ingest.usage.flag",
    "`daily` is also true as `1`, `True`, `yes` or `on`, and false as `0`, `no` or `off`; other words are 422.",
    async (site) => {
      for (const word of ["1", "True", "yes", "on"])
        expectThat((await read(site, `?daily=${word}`)).daily !== null, `days with daily=${word}`);
      for (const word of ["0", "False", "no", "off"])
        expectThat((await read(site, `?daily=${word}`)).daily === null, `no days with daily=${word}`);
      expectStatus(await site.ingest("GET /v1/usage?daily=perhaps"), 422);
    },
  ),
];
