import type { Brand } from "../brand.ts";
import { parseUuid, parseUuidHex, printUuidHex, type Uuid } from "./uuid.ts";

/** A job's id. Its value is a UUID; on the wire it is `job_` and 32 hex digits. */
export type JobId = Brand<Uuid, "JobId">;
/** A memory's id. On the wire it is a UUID with dashes (ingest) or `mem_` and 32 hex digits (batch). */
export type MemoryId = Brand<Uuid, "MemoryId">;
/** A fact's id. On the wire it is `fct_` and 32 hex digits in the batch dialect. A fact is a memory, so it is a `MemoryId`, too. */
export type FactId = MemoryId;
/** A group's id. On the wire it is `grp_` and 32 hex digits. */
export type GroupId = Brand<Uuid, "GroupId">;
/** The id of a webhook. On the wire it is `whk_` and 32 hex digits. */
export type WebhookId = Brand<Uuid, "WebhookId">;
/** The id of a webhook's delivery. On the wire it is `whd_` and 32 hex digits. */
export type DeliveryId = Brand<Uuid, "DeliveryId">;

/** The id of an audit event. On the wire it is `aud_` and 32 hex digits. */
export type AuditId = Brand<Uuid, "AuditId">;

/** Reads every spelling of one kind of id and prints one. */
export interface IdCodec<Id extends Uuid> {
  readonly prefix: string;
  /** Reads `prefix_` and 32 hex digits, or a UUID with dashes, the digits in either case. */
  readonly parse: (text: string) => Id | undefined;
  /** Prints `prefix_` and 32 lower-case hex digits. */
  readonly print: (id: Id) => string;
}

function createIdCodec<Id extends Uuid>(name: string): IdCodec<Id> {
  const prefix = `${name}_`;
  return {
    prefix,
    parse: (text) =>
      (text.startsWith(prefix) ? parseUuidHex(text.slice(prefix.length)) : parseUuid(text)) as Id | undefined,
    print: (id) => prefix + printUuidHex(id),
  };
}

/**
 * Job ids: `job_<32 hex>`.
 *
 * @example
 * import { jobIds, uuidV7TimeMs } from "@memlane/core";
 *
 * const id = jobIds.parse("job_019a2f3c4d5e7f60a1b2c3d4e5f60718");
 * if (id !== undefined) console.log(jobIds.print(id), uuidV7TimeMs(id));
 */
export const jobIds: IdCodec<JobId> = createIdCodec("job");
/** Memory ids in the batch spelling: `mem_<32 hex>`. The ingest dialect prints the id as it is. */
export const memoryIds: IdCodec<MemoryId> = createIdCodec("mem");
/** The ids of audit events: `aud_<32 hex>`. */
export const auditIds: IdCodec<AuditId> = createIdCodec("aud");
/** The ids of facts in the batch spelling: `fct_<32 hex>`. */
export const factIds: IdCodec<FactId> = createIdCodec("fct");
/** Group ids: `grp_<32 hex>`. */
export const groupIds: IdCodec<GroupId> = createIdCodec("grp");
/** Webhook ids: `whk_<32 hex>`. */
export const webhookIds: IdCodec<WebhookId> = createIdCodec("whk");
/** Delivery ids: `whd_<32 hex>`. */
export const deliveryIds: IdCodec<DeliveryId> = createIdCodec("whd");
