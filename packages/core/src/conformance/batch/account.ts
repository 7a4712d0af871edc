import { check, type Site } from "../check.ts";
import { CheckSkipped } from "../check-failure.ts";
import { expectAnswer, expectStatus } from "../expect.ts";
import { count, filledText, listOf, recordOf } from "../pattern.ts";
import { callWithKey } from "../prepare.ts";
import { batchError } from "./documents.ts";

const signUp = async ({ bare }: Site) => {
  const answer = await bare("POST /v1/agents/init", { agent_caller: "conformance", processing_region: "eu" });
  if (answer.status === 404 || answer.status === 405)
    throw new CheckSkipped("the server has no self-service");
  if (answer.status === 403 || answer.status === 429)
    throw new CheckSkipped("the server's self-service is disabled or limited");
  return answer;
};

export const accountChecks = [
  check(
    "batch.account.disabled",
    "Without self-service, its calls are refused in the batch dialect, with their own codes.",
    async (site) => {
      const answer = await site.bare("POST /v1/agents/init", {});
      if (answer.status === 201) throw new CheckSkipped("the server has self-service");
      expectStatus(answer, 403, 404, 405, 429);
      const codes = {
        403: "signup_disabled",
        404: "not_found",
        405: "method_not_allowed",
        429: "signup_rate_limited",
      };
      const code = Object.entries(codes).find(([status]) => Number(status) === answer.status)?.[1] ?? "";
      expectAnswer(answer, answer.status, batchError(code));
    },
  ),
  check(
    "batch.account.init",
    "`POST /v1/agents/init` needs no key and answers 201 with a key, tier, region, scopes and quotas.",
    async (site) => {
      const account = {
        api_key: filledText,
        tier: filledText,
        region: filledText,
        scopes: listOf(filledText),
        quotas: { writes_per_month: count, queries_per_month: count, agents: count },
      } as const;
      const { api_key } = expectAnswer(await signUp(site), 201, account);
      expectAnswer(await callWithKey(site, api_key)("GET /v1/ping"), 200, { ok: true });
    },
  ),
  check(
    "batch.account.delete",
    "`DELETE /v1/account` needs `confirm=true`, answers what was removed, and ends the key.",
    async (site) => {
      const { api_key } = expectAnswer(await signUp(site), 201, { api_key: filledText });
      const call = callWithKey(site, api_key);
      const unconfirmed = await call("DELETE /v1/account");
      expectAnswer(unconfirmed, unconfirmed.status, batchError("confirmation_required"));
      expectAnswer(await call("DELETE /v1/account?confirm=true"), 200, {
        deleted: true,
        removed: recordOf(count),
      });
      expectStatus(await call("GET /v1/ping"), 401);
    },
  ),
];
