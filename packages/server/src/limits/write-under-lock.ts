import type { Uuid } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { lockFreeOrgs, lockOrg } from "../store/lock-orgs.ts";
import { later } from "../database/coalesce.ts";
import { takeKeys, type KeyedRequest, type KeyToTake } from "../store/idempotency-keys.ts";
import type { Limits } from "../store/limits.ts";

/** A write by an organisation with limits. */
export interface LimitedWrite {
  readonly id: Uuid;
  readonly orgId: string;
  readonly limits: Limits;
  readonly keyed: KeyedRequest | undefined;
}

/**
 * Calls `make` with the writes whose organisation can be locked at once, and answers the others with
 * `later`. If all writes are of one organisation, it waits for the lock instead.
 */
export async function writeUnderLock<Some extends LimitedWrite, Made>(
  sql: Sql,
  offers: readonly Some[],
  areOfOneOrg: boolean,
  make: (locked: readonly Some[]) => Promise<readonly Made[]>,
): Promise<(Made | typeof later)[]> {
  if (areOfOneOrg) {
    await lockOrg(sql, offers[0]!.orgId);
    return [...(await make(offers))];
  }
  const free = await lockFreeOrgs(
    sql,
    offers.map(({ orgId }) => orgId),
  );
  const locked = offers.filter(({ orgId }) => free.has(orgId));
  const made = locked.length === 0 ? [] : await make(locked);
  const madeOf = new Map(locked.map((offer, index) => [offer, made[index]!]));
  return offers.map((offer) => (free.has(offer.orgId) ? madeOf.get(offer)! : later));
}

/**
 * Takes the idempotency keys of these writes, whose organisations are locked. Returns the writes by
 * organisation, without the writes whose key was already taken.
 */
export async function takeKeysOf<Some extends LimitedWrite>(
  sql: Sql,
  offers: readonly Some[],
): Promise<ReadonlyMap<string, readonly Some[]>> {
  const taken = await takeKeys(sql, keysOf(offers));
  return Map.groupBy(
    offers.filter(({ id, keyed }) => keyed === undefined || taken.has(id)),
    ({ orgId }) => orgId,
  );
}

/** The idempotency keys of the writes that have one. */
export function keysOf(offers: readonly LimitedWrite[]): KeyToTake[] {
  return offers.flatMap(({ id, keyed }) => (keyed === undefined ? [] : { keyed, madeId: id }));
}
