import { check } from "../check.ts";
import { expectAnswer } from "../expect.ts";
import { filledText, listOf, oneOf } from "../pattern.ts";
import { callWithKey, need } from "../prepare.ts";

const ping = {
  ok: true,
  tier: filledText,
  region: filledText,
  scopes: listOf(oneOf("memories:read", "memories:write")),
} as const;

export const pingChecks = [
  check(
    "batch.ping.answers",
    "`GET /v1/ping` answers `ok`, the tier, the region and the scopes.",
    async ({ batch }) => {
      expectAnswer(await batch("GET /v1/ping"), 200, ping);
    },
  ),
  check(
    "batch.ping.scopes",
    "`GET /v1/ping` answers only the scopes that the key has, and needs no scope.",
    async (site) => {
      const read = callWithKey(site, need(site.target.readKey, "a key that only reads"));
      expectAnswer(await read("GET /v1/ping"), 200, { ...ping, scopes: ["memories:read"] });
      const write = callWithKey(site, need(site.target.writeKey, "a key that only writes"));
      expectAnswer(await write("GET /v1/ping"), 200, { ...ping, scopes: ["memories:write"] });
    },
  ),
  check("batch.ping.free", "`GET /v1/ping` works when the quota of the month is used up.", async (site) => {
    const exhausted = callWithKey(site, need(site.target.exhaustedKey, "a key without quota"));
    expectAnswer(await exhausted("GET /v1/ping"), 200, ping);
  }),
  check(
    "batch.ping.unlimited",
    "`GET /v1/ping` works when the requests of the minute are used up.",
    async (site) => {
      const limited = callWithKey(site, need(site.target.limitedKey, "a key with few requests a minute"), {
        repeats: false,
      });
      await site.until("a refusal", async () =>
        (await limited("GET /v1/memories")).status === 429 ? true : undefined,
      );
      expectAnswer(await limited("GET /v1/ping"), 200, ping);
    },
  ),
];
