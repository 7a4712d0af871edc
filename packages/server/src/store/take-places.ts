import type { Uuid } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { holdOrgs } from "./hold-orgs.ts";
import { takeKeys, type KeyedRequest, type KeyToTake } from "./idempotency-keys.ts";
import type { Limits } from "./limits.ts";

/** Something that an organisation with limits wants to be made. */
export interface Offer {
  readonly id: Uuid;
  readonly orgId: string;
  readonly limits: Limits;
  readonly keyed: KeyedRequest | undefined;
}

/**
 * Holds the organisations of these offers, takes their keys, and answers what is to be judged, by organisation: all but
 * those whose key is taken, which have been judged before.
 */
export async function takePlaces<Some extends Offer>(
  sql: Sql,
  offers: readonly Some[],
): Promise<ReadonlyMap<string, readonly Some[]>> {
  // The organisations first, always, or two could wait for each other.
  await holdOrgs(sql, [...new Set(offers.map(({ orgId }) => orgId))]);
  const taken = await takeKeys(sql, keysOf(offers));
  return Map.groupBy(
    offers.filter(({ id, keyed }) => keyed === undefined || taken.has(id)),
    ({ orgId }) => orgId,
  );
}

/** The keys of offers, which not all of them have. */
export function keysOf(offers: readonly Offer[]): KeyToTake[] {
  return offers.flatMap(({ id, keyed }) => (keyed === undefined ? [] : { keyed, madeId: id }));
}
