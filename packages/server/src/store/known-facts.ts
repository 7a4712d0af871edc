// The facts of a user that a job compares its statements with.
import type { MemoryId } from "@memlane/core";
import type { Prepared, Sql } from "../database/database.ts";
import { hasNotEnded, isActive } from "./active-memory.ts";
import { firstSaidAt } from "./fact-history.ts";

/** A stored fact that a new statement may repeat or end, or that may end the statement. */
export interface KnownFact {
  readonly id: MemoryId;
  readonly text: string;
  readonly slot: string | null;
  readonly fingerprint: string;
  readonly firstSaidAt: Date;
  readonly lastSaidAt: Date;
  /** When it stopped being true; null while it is active. */
  readonly invalidAt: Date | null;
  /** Changes with each update, so that the server notices if another job has changed the fact. */
  readonly version: string;
}

/** Which facts of a user to look at. */
export interface FactReach {
  /** Also the newest active facts of any kind, up to a bound. */
  readonly needsRecent: boolean;
  readonly slots: readonly string[];
  readonly fingerprints: readonly string[];
  /**
   * When the first of the statements was said. If the user has facts that were said since, these facts and retired facts are read
   * too: one of them may have ended the statement.
   */
  readonly since: Date;
}

/** A statement that may end any fact is compared with this many of the newest facts. */
const mostRecent = 5000;

/** A late statement is compared with at most this many facts that were said after it, and with as many retired facts. */
const mostLater = 5000;

// A row's xmin changes with each update.
const knownFact = `
  id, text, slot, fingerprint,
  ${firstSaidAt} as "firstSaidAt",
  last_said_at as "lastSaidAt",
  case when not ${isActive} then invalid_at end as "invalidAt",
  xmin::text as version`;

/** SQL: whose facts. $2 is the user; null for the facts about no user. */
const ofUser = (userId: string | null) =>
  `org_id = (select $1::text) and ${userId === null ? "user_id is null and $2::text is null" : "user_id = (select $2::text)"}`;

const factsWithinReach = (whose: string) => `
  select ${knownFact}
  from memlane.memory
  where ${whose} and status = 'active' and fingerprint is not null
    and (slot = any ((select $3::text[])::text[]) or fingerprint = any ((select $4::text[])::text[]))`;

const recentFacts = (whose: string) => `
  (
    select ${knownFact}
    from memlane.memory
    where ${whose} and status = 'active' and fingerprint is not null
    order by id desc
    limit ${mostRecent}
  )`;

/** Whether the user has a fact that was said at the time of the first statement or later. */
const saidLater = (whose: string) => `
  exists (
    select from memlane.memory
    where ${whose} and last_said_at >= (select $5::timestamptz) and fingerprint is not null
  )`;

const laterFacts = (whose: string) => `
  (
    select ${knownFact}
    from memlane.memory
    where ${whose} and last_said_at >= (select $5::timestamptz) and fingerprint is not null
    order by last_said_at
    limit ${mostLater}
  )`;

const retiredFacts = (whose: string) => `
  (
    select ${knownFact}
    from memlane.memory
    where ${whose} and status <> 'active' and (slot = any ((select $3::text[])::text[]) or fingerprint = any ((select $4::text[])::text[]))
    order by last_said_at desc
    limit ${mostLater}
  )`;

const reachedFacts = (whose: string, { needsRecent }: Pick<FactReach, "needsRecent">, isLate: boolean) =>
  [
    factsWithinReach(whose),
    ...(needsRecent ? [recentFacts(whose)] : []),
    ...(isLate ? [laterFacts(whose), retiredFacts(whose)] : []),
  ].join(" union ");

const checkOf = (whose: string, facts: string) => `
  select
    ${saidLater(whose)} = $6
    and array(select id || version from (${facts}) as reached order by id) = $7::text[]
    as same`;

/**
 * The SQL statements for a job that is not late. Prepared, because planning them takes longer than running them. Each parameter is
 * written as a select, so that the plan of a user with few facts does not look much cheaper than a kept plan.
 */
const statementsAbout = (userId: string | null, name: string, needsRecent: boolean) => {
  const whose = ofUser(userId);
  const facts = reachedFacts(whose, { needsRecent }, false);
  return {
    read: {
      name: `read ${name}`,
      text: `
      select "isLate", reached.*
      from (select ${saidLater(whose)} as "isLate") as later left join (${facts}) as reached on true
      order by id`,
    },
    check: { name: `check ${name}`, text: checkOf(whose, facts) },
  };
};
const aboutUser = {
  near: statementsAbout("", "near facts", false),
  nearAndRecent: statementsAbout("", "near and recent facts", true),
};
const aboutNoUser = {
  near: statementsAbout(null, "near facts without a user", false),
  nearAndRecent: statementsAbout(null, "near and recent facts without a user", true),
};
const statementsFor = (userId: string | null, { needsRecent }: FactReach) =>
  (userId === null ? aboutNoUser : aboutUser)[needsRecent ? "nearAndRecent" : "near"];

const reachParameters = (orgId: string, userId: string | null, { slots, fingerprints, since }: FactReach) => [
  orgId,
  userId,
  slots,
  fingerprints,
  since,
];

/** The facts of a user within reach, oldest first. */
export interface ReachedFacts {
  readonly facts: readonly KnownFact[];
  /** Whether the user has facts that were said later. Only then does a second SQL statement read them, so other jobs save the time. */
  readonly isLate: boolean;
}

/** Reads the facts of a user within reach. */
export async function readKnownFacts(
  sql: Sql,
  orgId: string,
  userId: string | null,
  reach: FactReach,
): Promise<ReachedFacts> {
  const parameters = reachParameters(orgId, userId, reach);
  const rows = await sql.query<{ isLate: boolean } & (KnownFact | { readonly id: null })>(
    statementsFor(userId, reach).read,
    parameters,
  );
  if (rows[0]?.isLate === true) {
    const facts = await sql.query<KnownFact>(
      `${reachedFacts(ofUser(userId), reach, true)} order by id`,
      parameters,
    );
    return { facts, isLate: true };
  }
  return { facts: rows.filter((row): row is typeof row & KnownFact => row.id !== null), isLate: false };
}

const lock: Prepared = {
  name: "lock facts",
  text: "select pg_advisory_xact_lock(hashtextextended($1, 0))",
};

/**
 * Locks the facts of a user until the transaction ends. Returns whether the facts within reach are unchanged. If they are not, the
 * job must read them again: otherwise two jobs at the same time could both store a fact that the second should merge. If the
 * facts are unchanged, retires those whose end has come.
 */
export async function lockKnownFacts(
  sql: Sql,
  orgId: string,
  userId: string | null,
  reach: FactReach,
  { facts, isLate }: ReachedFacts,
): Promise<boolean> {
  await sql.query(lock, [JSON.stringify([orgId, userId])]);
  const [row] = await sql.query<{ same: boolean }>(
    isLate
      ? checkOf(ofUser(userId), reachedFacts(ofUser(userId), reach, true))
      : statementsFor(userId, reach).check,
    [...reachParameters(orgId, userId, reach), isLate, facts.map(({ id, version }) => id + version)],
  );
  const ended = facts.flatMap(({ id, invalidAt }) => (invalidAt === null ? [] : [id]));
  if (row!.same && ended.length > 0) await retireEnded(sql, orgId, ended);
  return row!.same;
}

/** Retires the facts that have ended and whose rows are still active. Else no other fact could take their place. */
async function retireEnded(sql: Sql, orgId: string, ids: readonly MemoryId[]): Promise<void> {
  await sql.query(
    `update memlane.memory set status = 'retracted'
     where org_id = $1 and id = any ($2) and status = 'active' and not ${hasNotEnded}`,
    [orgId, ids],
  );
}
