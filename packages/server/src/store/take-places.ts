import type { Uuid } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { holdFreeOrgs, holdOrg } from "./hold-orgs.ts";
import { later } from "../database/coalesce.ts";
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
 * Calls `make` with the offers whose organisation can be locked; the others become `later`. If all are of one organisation, it
 * waits for the lock instead.
 */
export async function makeOfHeld<Some extends Offer, Made>(
  sql: Sql,
  offers: readonly Some[],
  areOfOneOrg: boolean,
  make: (held: readonly Some[]) => Promise<readonly Made[]>,
): Promise<(Made | typeof later)[]> {
  if (areOfOneOrg) {
    await holdOrg(sql, offers[0]!.orgId);
    return [...(await make(offers))];
  }
  const free = await holdFreeOrgs(
    sql,
    offers.map(({ orgId }) => orgId),
  );
  const held = offers.filter(({ orgId }) => free.has(orgId));
  const made = held.length === 0 ? [] : await make(held);
  const madeOf = new Map(held.map((offer, index) => [offer, made[index]!]));
  return offers.map((offer) => (free.has(offer.orgId) ? madeOf.get(offer)! : later));
}

/**
 * Takes the keys of these offers, whose organisations are locked. Returns the offers by organisation, without those whose key was
 * taken before.
 */
export async function takePlaces<Some extends Offer>(
  sql: Sql,
  offers: readonly Some[],
): Promise<ReadonlyMap<string, readonly Some[]>> {
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
