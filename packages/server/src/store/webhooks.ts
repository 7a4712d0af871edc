import type { WebhookId } from "@memlane/core";
import type { WebhookSubscription } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";

/** A webhook of an organisation, a URL to which the server sends events. */
export interface Webhook {
  readonly id: WebhookId;
  readonly url: string;
  readonly events: readonly WebhookSubscription[];
  readonly enabled: boolean;
  readonly secret: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A webhook to store. */
export type NewWebhook = Omit<Webhook, "createdAt" | "updatedAt">;

const columns = `id, url, events, enabled, secret, created_at as "createdAt", updated_at as "updatedAt"`;

/**
 * Creates or replaces an organisation's main webhook. An existing one keeps its id, and its secret unless `rotates`. Returns the
 * webhook with its current secret.
 */
export async function saveMainWebhook(
  sql: Sql,
  orgId: string,
  { id, url, events, enabled, secret }: NewWebhook,
  rotates: boolean,
): Promise<Webhook> {
  const [saved] = await sql.query<Webhook>(
    `insert into memlane.webhook (id, org_id, main, url, events, enabled, secret)
     values ($1, $2, true, $3, $4, $5, $6)
     on conflict (org_id) where main do update
     set
       url = excluded.url,
       events = excluded.events,
       enabled = excluded.enabled,
       secret = case when $7 then excluded.secret else webhook.secret end,
       updated_at = now()
     returning ${columns}`,
    [id, orgId, url, events, enabled, secret, rotates],
  );
  return saved!;
}

/** Stores a webhook beside the main one. */
export async function insertWebhook(
  sql: Sql,
  orgId: string,
  { id, url, events, enabled, secret }: NewWebhook,
): Promise<Webhook> {
  const [stored] = await sql.query<Webhook>(
    `insert into memlane.webhook (id, org_id, main, url, events, enabled, secret)
     values ($1, $2, false, $3, $4, $5, $6)
     returning ${columns}`,
    [id, orgId, url, events, enabled, secret],
  );
  return stored!;
}

/** Changes a webhook; what is null stays as it is. Undefined if there is none. */
export async function updateWebhook(
  sql: Sql,
  orgId: string,
  id: WebhookId,
  {
    url,
    events,
    enabled,
    secret,
  }: { readonly [Field in "url" | "events" | "enabled" | "secret"]: Webhook[Field] | null },
): Promise<Webhook | undefined> {
  const [changed] = await sql.query<Webhook>(
    `update memlane.webhook
     set
       url = coalesce($3, url),
       events = coalesce($4, events),
       enabled = coalesce($5, enabled),
       secret = coalesce($6, secret),
       updated_at = now()
     where id = $1 and org_id = $2
     returning ${columns}`,
    [id, orgId, url, events, enabled, secret],
  );
  return changed;
}

/** An organisation's webhooks, oldest first. */
export async function listWebhooks(sql: Sql, orgId: string): Promise<Webhook[]> {
  return sql.query<Webhook>(`select ${columns} from memlane.webhook where org_id = $1 order by id`, [orgId]);
}

/** One of an organisation's webhooks; without an id the main one. */
export async function readWebhook(sql: Sql, orgId: string, id?: WebhookId): Promise<Webhook | undefined> {
  const [found] = await sql.query<Webhook>(
    `select ${columns} from memlane.webhook where org_id = $1 and (id = $2 or $2 is null and main)`,
    [orgId, id ?? null],
  );
  return found;
}

/** Deletes one of an organisation's webhooks; without an id the main one. Its delivery log stays. False if there is none. */
export async function deleteWebhook(sql: Sql, orgId: string, id?: WebhookId): Promise<boolean> {
  const gone = await sql.query(
    "delete from memlane.webhook where org_id = $1 and (id = $2 or $2 is null and main) returning id",
    [orgId, id ?? null],
  );
  return gone.length > 0;
}
