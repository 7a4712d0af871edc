import * as z from "zod/mini";
import { boundedText } from "../dialect/bounded-text.ts";
import { parseTimestamp, timestampWire } from "../dialect/timestamp.ts";
import type { AuditAction } from "./audit.ts";
import { filterId } from "../dialect/optional-id.ts";
import { pageQuery } from "./page-query.ts";

const description = "An ISO 8601 date or datetime, in UTC if it has no offset. Inclusive.";
const instant = z.optional(z.pipe(timestampWire.check(z.meta({ description })), z.transform(parseTimestamp)));

/** The query of `GET /v1/audit`. */
export const auditQueryWire = z.object({
  /** Empty means any, like `action`. */
  user_id: filterId,
  action: z.optional(boundedText(255)),
  since: instant,
  until: instant,
  ...pageQuery(1000, 100),
});
/** What a client sends to list audit events. */
export interface AuditQuery {
  readonly user_id?: string;
  readonly action?: AuditAction;
  /** In ISO 8601, inclusive, like `until`. */
  readonly since?: string;
  readonly until?: string;
  /** Events per page, 1 to 1000. @default 100 */
  readonly limit?: number;
  readonly offset?: number;
}
