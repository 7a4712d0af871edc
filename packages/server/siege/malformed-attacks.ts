// Requests from the fuzz test: with one error, truncated or badly framed.
import * as fc from "fast-check";
import { readOperations } from "../fuzz/api-document.ts";
import { hostileRequest, type HostileRequest } from "../fuzz/hostile-request.ts";
import { send } from "../fuzz/send.ts";
import type { Attacker, Strike } from "./strike.ts";

const requestsOfStrike = 20;
const patienceMs = 2000;
let known: fc.Arbitrary<HostileRequest> | undefined;

/** Draws requests for the operations in the server's OpenAPI document, which is read once. */
async function requestsAgainst({ tenant }: Attacker): Promise<fc.Arbitrary<HostileRequest>> {
  const { headers, apiKey } = tenant;
  const callers = [headers, { authorization: `Bearer ${apiKey}` }];
  const ids = ["00000000-0000-7000-8000-000000000000"];
  return (known ??= hostileRequest({ ...(await readOperations(tenant.url)), callers, ids }));
}

/** Attacks by invalid requests. */
export const malformedAttacks = {
  "malformed requests": fc.nat().map((seed): Strike => async (attacker) => {
    const requests = await requestsAgainst(attacker).catch(() => undefined); // the server may be down
    if (requests === undefined) return attacker.count(0);
    const outcomes = await Promise.all(
      fc
        .sample(requests, { seed, numRuns: requestsOfStrike })
        .map((request) => send(attacker.tenant.url, request, patienceMs)),
    );
    for (const { statuses } of outcomes)
      for (const status of statuses.length > 0 ? statuses : [0]) attacker.count(status);
  }),
} satisfies Readonly<Record<string, fc.Arbitrary<Strike>>>;
