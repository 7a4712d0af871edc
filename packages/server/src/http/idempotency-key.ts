// Requests with an `Idempotency-Key`: a repeated request answers with the result of the first.
import { MemlaneError, type Uuid } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { readKey, type KeyedRequest } from "../store/idempotency-keys.ts";
import { digestOf } from "./digest.ts";
import { yieldAfterLongWork } from "../base/yield-after-long-work.ts";

/** A request that creates something. */
export interface Creation {
  readonly orgId: string;
  readonly headers: Headers;
  /** The operation. A key that was used for another operation is refused. */
  readonly operationId: string;
  /** The validated body, so that spaces and the order of known fields do not matter. */
  readonly body: unknown;
  readonly newId: () => Uuid;
}

/** What was created, by this request or an earlier one. */
export interface Created<Made, Id extends Uuid> {
  readonly id: Id;
  /** Undefined if an earlier request created it. */
  readonly made: Made | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Creates something under a new id, or finds what the same request created in the last 24 hours.
 * `make` must take the key and create in one transaction, and return undefined if the key is taken.
 * A second request at the same time waits for that transaction.
 *
 * @throws MemlaneError `idempotency_mismatch` if the key was used for another request
 */
export async function createOnce<Made, Id extends Uuid>(
  sql: Sql,
  { orgId, headers, operationId, body, newId }: Creation,
  make: (id: Id, keyed: KeyedRequest | undefined) => Promise<Made | undefined>,
): Promise<Created<Made, Id>> {
  const id = newId() as Id; // the caller chooses the type of the id
  const key = readHeader(headers);
  const fingerprint =
    key === undefined ? "" : await yieldAfterLongWork(() => digestOf(JSON.stringify([operationId, body])));
  const keyed = key === undefined ? undefined : { orgId, key, fingerprint };
  if (keyed === undefined) return { id, made: await make(id, undefined), headers: {} };
  for (;;) {
    let refusal: MemlaneError | undefined;
    const made = await make(id, keyed).catch((error: unknown) => {
      if (!MemlaneError.is(error)) throw error;
      refusal = error;
      return undefined;
    });
    if (made !== undefined) return { id, made, headers: {} };
    const kept = await readKey(sql, keyed);
    if (kept?.fingerprint === fingerprint) {
      return { id: kept.madeId as Id, made: undefined, headers: { "idempotent-replayed": "true" } };
    }
    if (refusal !== undefined) throw refusal;
    if (kept === undefined) continue; // the key was deleted in the meantime
    const message = "this Idempotency-Key was used for another request";
    throw new MemlaneError({ code: "idempotency_mismatch", message });
  }
}

function readHeader(headers: Headers): string | undefined {
  const key = headers.get("idempotency-key");
  if (key === null || /^[\x20-\x7e]{1,255}$/.test(key)) return key ?? undefined;
  const message = "the Idempotency-Key must be 1 to 255 printable ASCII characters";
  throw new MemlaneError({ code: "invalid_request", message });
}
