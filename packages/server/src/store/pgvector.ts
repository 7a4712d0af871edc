// A copy of `memory_vector` for the extension pgvector, if the database has it. PostgreSQL itself
// then compares the vectors.
import type { MemoryId } from "@memlane/core";
import type { Database, Sql } from "../database/database.ts";
import type { Vector } from "./vector.ts";
import { conditionsOf } from "./memories.ts";
import type { NearestQuery } from "./memory-vectors.ts";

const preparingLock = 0x6d656d6f; // an advisory lock of our own

/** A query is compared with this many of the newest memories in its scope. */
const mostCompared = 20_000;

/**
 * Creates the table of copies if this database has the extension `vector`. Returns whether the table
 * can be used: a role that may not create it does without. Not a migration, because most
 * databases lack the extension, and it may be installed later.
 */
export async function preparePgvector(database: Database): Promise<boolean> {
  const [type] = await database.query<{ isInReach: boolean }>(
    `select to_regtype('halfvec') is not null as "isInReach"`, // since pgvector 0.7
  );
  if (type?.isInReach !== true) return false;
  if (await hasDirections(database)) return true;
  if (!(await mayCreate(database))) return false;
  await database.transaction(async (sql) => {
    await sql.query("select pg_advisory_xact_lock($1)", [preparingLock]);
    if (!(await hasDirections(sql))) await sql.query("drop table if exists memlane.memory_direction");
    await sql.query(
      `create table if not exists memlane.memory_direction (
         memory_id uuid primary key references memlane.memory_vector on delete cascade,
         model text not null,
         direction halfvec not null
       )`,
    );
  });
  return true;
}

async function mayCreate(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ granted: boolean }>(
    "select has_schema_privilege('memlane', 'create') as granted",
  );
  return row!.granted;
}

/**
 * Whether the table of copies exists and is usable. Dropping the extension drops its column but
 * keeps the table.
 */
async function hasDirections(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ there: boolean }>(
    `select exists (select from pg_attribute
       where attrelid = to_regclass('memlane.memory_direction') and attname = 'direction') as there`,
  );
  return row!.there;
}

/** Which vectors to copy: some, or up to `limit` with ids after `after`, oldest first. */
export type ToCopy =
  | { readonly ids: readonly MemoryId[] }
  | { readonly after: string; readonly limit: number };

/** Copies vectors of a model that have no copy. Returns how many, or undefined without pgvector. */
export async function copyToPgvector(sql: Sql, model: string, which: ToCopy): Promise<number | undefined> {
  if (!(await hasDirections(sql))) return undefined;
  const vectors = await sql.query<{ id: MemoryId; vector: Uint8Array }>(
    `select memory_id as id, vector
     from memlane.memory_vector as original
     where model = $1 and memory_id ${"ids" in which ? "= any($2)" : "> $2"}
       and not exists (
         select from memlane.memory_direction as copy
         where copy.memory_id = original.memory_id and copy.model = $1
           and vector_dims(copy.direction) = octet_length(original.vector)
       )
     order by memory_id
     limit $3
     for key share of original`,
    "ids" in which ? [model, which.ids, which.ids.length] : [model, which.after, which.limit],
  );
  if (vectors.length === 0) return 0;
  await sql.query(
    `insert into memlane.memory_direction (memory_id, model, direction)
     select id, $1, direction::halfvec
     from unnest($2::uuid[], $3::text[]) as new (id, direction)
     on conflict (memory_id) do update set model = excluded.model, direction = excluded.direction`,
    [model, vectors.map(({ id }) => id), vectors.map(({ vector }) => textOf(Int8Array.from(vector)))],
  );
  return vectors.length;
}

/** The memories in scope with the nearest vectors, nearest first. A memory with a cosine of 0 or less is left out. */
export async function listNearestByPgvector(
  sql: Sql,
  orgId: string,
  { filter, model, wanted, limit }: NearestQuery,
): Promise<readonly MemoryId[]> {
  const { where, parameters } = conditionsOf(orgId, { ...filter, onlyActive: true });
  // Filters by scope first: an index of neighbours would search the memories of all users, and stop
  // before it reaches the memories of one user.
  const rows = await sql.query<{ id: MemoryId }>(
    `with scope as materialized (
       select id, direction from memlane.memory join memlane.memory_direction on memory_id = id
       where ${where} and model = $${parameters.push(model)} and vector_dims(direction) = ${wanted.length}
       order by id desc limit ${mostCompared}
     )
     select id from scope, lateral (select direction <=> $${parameters.push(textOf(wanted))}::halfvec as distance) as compared
     where distance < 1 order by distance limit $${parameters.push(limit)}`,
    parameters,
  );
  return rows.map(({ id }) => id);
}

const textOf = (vector: Vector) => `[${vector.join()}]`;
