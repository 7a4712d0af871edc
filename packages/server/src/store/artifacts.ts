// Artifacts: code, lists and documents from conversations. Each belongs to a memory, which has its preview.
import type { MemoryId } from "@memlane/core";
import type { Sql } from "../database/database.ts";

/** What an artifact has besides its memory. */
export interface NewArtifact {
  readonly memory_id: MemoryId;
  readonly title: string;
  readonly rationale: string;
  readonly full_content: string;
  readonly version: number;
  readonly root_id: MemoryId;
}

/** Stores artifacts of a user, whose memories are stored. */
export async function insertArtifacts(
  sql: Sql,
  orgId: string,
  userId: string,
  artifacts: readonly NewArtifact[],
): Promise<void> {
  if (artifacts.length === 0) return;
  await sql.query(
    `insert into memlane.artifact (
       memory_id, org_id, user_id, title, rationale, full_content, digest, version, root_id
     )
     select memory_id, $1, $2, title, rationale, full_content, md5(full_content)::uuid, version, root_id
     from jsonb_to_recordset($3) as artifact (
       memory_id uuid, title text, rationale text, full_content text, version integer, root_id uuid
     )`,
    [orgId, userId, JSON.stringify(artifacts)],
  );
}

/** A stored artifact that a new one may equal or follow. */
export interface KnownArtifact {
  readonly id: MemoryId;
  readonly text: string;
  readonly title: string;
  readonly version: number;
  readonly rootId: MemoryId;
  /** The artifact's content if it is one of the contents that were asked for, else null. */
  readonly content: string | null;
}

/**
 * The user's active artifacts with one of these titles or contents. No other transaction can add artifacts of the user before
 * this one ends.
 */
export async function lockArtifacts(
  sql: Sql,
  orgId: string,
  userId: string,
  { titles, contents }: { readonly titles: readonly string[]; readonly contents: readonly string[] },
): Promise<KnownArtifact[]> {
  await sql.query("select pg_advisory_xact_lock(hashtextextended('artifacts of ' || $1 || ' ' || $2, 0))", [
    orgId,
    userId,
  ]);
  return sql.query<KnownArtifact>(
    `select
       memory.id, text, title, version, root_id as "rootId",
       case when full_content = any($4) then full_content end as content
     from memlane.artifact
     join memlane.memory on memory.id = memory_id
     where artifact.org_id = $1 and artifact.user_id = $2 and status = 'active'
       and (title = any($3) or digest = any(array(select md5(content)::uuid from unnest($4::text[]) as content)))
     order by memory.id`,
    [orgId, userId, titles, contents],
  );
}

/** The contents of artifacts, by the ids of their memories. */
export async function readContents(
  sql: Sql,
  orgId: string,
  ids: readonly MemoryId[],
): Promise<ReadonlyMap<MemoryId, string>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.query<{ id: MemoryId; content: string }>(
    `select memory_id as id, full_content as content from memlane.artifact where memory_id = any($2) and org_id = $1`,
    [orgId, ids],
  );
  return new Map(rows.map(({ id, content }) => [id, content]));
}
