import type { LearningEvent } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";

/** The webhook of an organisation, which is called when its ingest jobs end. */
export interface Webhook {
  readonly url: string;
  readonly events: readonly LearningEvent["event"][];
  readonly enabled: boolean;
  readonly secret: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const columns = `url, events, enabled, secret, created_at as "createdAt", updated_at as "updatedAt"`;

/**
 * Creates or replaces an organisation's webhook. An existing webhook keeps its secret unless
 * `rotates`. Returns the webhook with its current secret.
 */
export async function saveWebhook(
  sql: Sql,
  orgId: string,
  { url, events, enabled, secret }: Pick<Webhook, "url" | "events" | "enabled" | "secret">,
  rotates: boolean,
): Promise<Webhook> {
  const [saved] = await sql.query<Webhook>(
    `insert into memlane.webhook (org_id, url, events, enabled, secret)
     values ($1, $2, $3, $4, $5)
     on conflict (org_id) do update
     set
       url = excluded.url,
       events = excluded.events,
       enabled = excluded.enabled,
       secret = case when $6 then excluded.secret else webhook.secret end,
       updated_at = now()
     returning ${columns}`,
    [orgId, url, events, enabled, secret, rotates],
  );
  return saved!;
}

/** An organisation's webhook. */
export async function readWebhook(sql: Sql, orgId: string): Promise<Webhook | undefined> {
  const [found] = await sql.query<Webhook>(`select ${columns} from memlane.webhook where org_id = $1`, [
    orgId,
  ]);
  return found;
}

/** Deletes an organisation's webhook, if there is one. Its delivery log stays. */
export async function deleteWebhook(sql: Sql, orgId: string): Promise<void> {
  await sql.query("delete from memlane.webhook where org_id = $1", [orgId]);
}
