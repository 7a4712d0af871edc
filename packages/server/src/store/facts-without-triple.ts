// Facts that were stored before facts had a subject, a predicate and an object.
import type { MemoryId } from "@memlane/core";
import type { Triple } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";

/** A fact without a triple. */
export interface FactWithoutTriple {
  readonly id: MemoryId;
  readonly text: string;
  readonly factType: string | null;
}

/** Locks up to `limit` facts without a triple that no other transaction has locked. */
export async function lockFactsWithoutTriple(sql: Sql, limit: number): Promise<FactWithoutTriple[]> {
  return sql.query<FactWithoutTriple>(
    `select id, text, fact_type as "factType"
     from memlane.memory
     where type = 'fact' and not verbatim and subject is null
     order by id
     limit $1
     for update skip locked`,
    [limit],
  );
}

/** Stores the triples of locked facts. */
export async function saveTriples(
  sql: Sql,
  triples: readonly (Triple & { readonly id: MemoryId })[],
): Promise<void> {
  if (triples.length === 0) return;
  await sql.query(
    `update memlane.memory
     set
       subject = triple.subject,
       predicate = triple.predicate,
       object = triple.object,
       predicate_raw = triple."predicateRaw",
       predicate_family = triple."predicateFamily",
       subject_type = triple."subjectType",
       object_is_literal = triple."objectIsLiteral",
       subject_canonical = triple."subjectCanonical",
       object_canonical = triple."objectCanonical"
     from jsonb_to_recordset($1) as triple (
       id uuid, subject text, predicate text, object text, "predicateRaw" text, "predicateFamily" text, "subjectType" text,
       "objectIsLiteral" boolean, "subjectCanonical" text, "objectCanonical" text
     )
     where memory.id = any ($2) and memory.id = triple.id`,
    [JSON.stringify(triples), triples.map(({ id }) => id)],
  );
}
