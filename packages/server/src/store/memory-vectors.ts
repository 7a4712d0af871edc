// Stores and compares vectors of memories.
import type { MemoryId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { cosineOf, type Vector } from "./vector.ts";
import { conditionsOf, type MemoryFilter } from "./memories.ts";

/** A query is compared with this many of the newest memories in its scope: 3 MB at 1536 dimensions. */
const mostCompared = 2000;

const embeddingLock = 0x6d656d6e; // an advisory lock of our own

/** Takes a lock until the transaction ends, so that one process embeds at a time. False if another transaction has it. */
export async function lockEmbedding(sql: Sql): Promise<boolean> {
  const [lock] = await sql.query<{ taken: boolean }>("select pg_try_advisory_xact_lock($1) as taken", [
    embeddingLock,
  ]);
  if (lock?.taken !== true) return false;
  // While the transaction waits for the model, it has no lock that requests or jobs need, so the wait
  // may be long.
  await sql.query("set local idle_in_transaction_session_timeout = 0");
  return true;
}

/** A memory without a vector of the current model. */
export interface Unembedded {
  readonly id: MemoryId;
  readonly text: string;
}

/** Which memories need a vector. */
interface Wanted {
  readonly model: string;
  /** Vectors with another number of dimensions are made again. */
  readonly dimensions: number;
  /** Only memories with a higher id are listed, unless they were edited. */
  readonly after: string;
  readonly limit: number;
}

/**
 * Active memories to embed, oldest first: edited ones, and those that have no vector of the model and that the model has not refused.
 */
export async function listUnembedded(
  sql: Sql,
  { model, dimensions, after, limit }: Wanted,
): Promise<readonly Unembedded[]> {
  return sql.query(
    `(
       -- An edited memory can have the vector of its old text, if it was edited while the model made that.
       select id, text
       from memlane.edited_text
       join memlane.memory on id = memory_id
       where status = 'active'
       limit $4
     ) union (
       select id, text
       from memlane.memory
       where id > $3 and status = 'active'
         and not exists (
           select from memlane.memory_vector
           where memory_id = id and model = $1 and octet_length(vector) = $2
         )
         and not exists (select from memlane.refused_embedding where memory_id = id and model = $1)
       order by id
       limit $4
     )
     order by id
     limit $4`,
    [model, dimensions, after, limit],
  );
}

/** Stores the memories whose texts a model has refused. A memory that was deleted or edited since then is skipped. */
export async function storeRefusedEmbeddings(
  sql: Sql,
  model: string,
  refused: readonly Unembedded[],
): Promise<void> {
  await sql.query(
    `with refused as (
       insert into memlane.refused_embedding (memory_id, model)
       select id, $1
       from unnest($2::uuid[], $3::text[]) as refused (id, text)
       join memlane.memory using (id, text)
       order by id
       for share of memory
       on conflict (memory_id) do update set model = excluded.model, refused_at = excluded.refused_at
       returning memory_id
     )
     delete from memlane.edited_text where memory_id in (select memory_id from refused)`,
    [model, refused.map(({ id }) => id), refused.map(({ text }) => text)],
  );
}

/** A memory, and the vector of its text. */
export interface Embedded extends Unembedded {
  readonly vector: Vector;
}

/** Stores vectors. They replace vectors of another model. A memory that was deleted or edited since then is skipped. */
export async function storeVectors(sql: Sql, model: string, embedded: readonly Embedded[]): Promise<void> {
  await sql.query(
    `with stored as (
       insert into memlane.memory_vector (memory_id, model, vector)
       select id, $1, vector
       from unnest($2::uuid[], $3::text[], $4::bytea[]) as new (id, text, vector)
       join memlane.memory using (id, text)
       order by id
       for share of memory -- An edit waits, and then puts the memory in the list again.
       on conflict (memory_id) do update set model = excluded.model, vector = excluded.vector
       returning memory_id
     )
     delete from memlane.edited_text where memory_id in (select memory_id from stored)`,
    [
      model,
      embedded.map(({ id }) => id),
      embedded.map(({ text }) => text),
      embedded.map(({ vector }) => Buffer.from(vector.buffer)),
    ],
  );
}

/** The vector to compare with, and the memories to compare. */
export interface NearestQuery {
  readonly filter: MemoryFilter;
  readonly model: string;
  readonly wanted: Vector;
  readonly limit: number;
}

/** The memories in scope with the nearest vectors, nearest first. A memory with a cosine of 0 or less is left out. */
export async function listNearest(
  sql: Sql,
  orgId: string,
  { filter, model, wanted, limit }: NearestQuery,
): Promise<readonly MemoryId[]> {
  const { where, parameters } = conditionsOf(orgId, { ...filter, onlyActive: true });
  const rows = await sql.query<{ id: MemoryId; vector: Uint8Array }>(
    `select id, vector
     from memlane.memory
     join memlane.memory_vector on memory_id = id
     where ${where} and model = $${parameters.push(model)}
     order by id desc
     limit ${mostCompared}`,
    parameters,
  );
  return rows
    .map(({ id, vector }) => ({ id, cosine: cosineOf(wanted, Int8Array.from(vector)) }))
    .filter(({ cosine }) => cosine > 0)
    .toSorted((one, other) => other.cosine - one.cosine)
    .slice(0, limit)
    .map(({ id }) => id);
}
