// The settings of redaction for each organisation.
import * as z from "zod/mini";
import type { Sql } from "../database/database.ts";

/**
 * `conversations` means only conversations; `everywhere` also includes memories that a client stores
 * directly.
 */
export const redactionScopes = ["conversations", "everywhere", "nowhere"] as const;
export type RedactionScope = (typeof redactionScopes)[number];

/** Where secrets and personal data are redacted. */
export interface RedactionSettings {
  readonly secrets: RedactionScope;
  readonly personalData: RedactionScope;
}

/** The default settings. */
export const usualRedaction: RedactionSettings = { secrets: "conversations", personalData: "nowhere" };

const scope = z.enum(redactionScopes);
const settings = z.object({
  secrets: z._default(scope, usualRedaction.secrets),
  personalData: z._default(scope, usualRedaction.personalData),
});

/** Reads the settings of an organisation. Undefined if it does not exist. */
export async function readRedactionSettings(sql: Sql, orgId: string): Promise<RedactionSettings | undefined> {
  const [row] = await sql.query<{ redaction: unknown }>("select redaction from memlane.org where id = $1", [
    orgId,
  ]);
  return row && settings.parse(row.redaction);
}

/** The notification channel for changed settings. */
export const redactionChangedChannel = "memlane_redaction_changed";

/** Changes some settings of an organisation. Returns all of them; undefined if it does not exist. */
export async function saveRedactionSettings(
  sql: Sql,
  orgId: string,
  changes: Partial<RedactionSettings>,
): Promise<RedactionSettings | undefined> {
  const [row] = await sql.query<{ redaction: unknown }>(
    `with changed as (
       update memlane.org set redaction = redaction || $2::jsonb where id = $1 returning redaction
     )
     select redaction, pg_notify($3, '') from changed`,
    [orgId, JSON.stringify(changes), redactionChangedChannel],
  );
  return row && settings.parse(row.redaction);
}
