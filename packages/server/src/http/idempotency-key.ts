// POST with an `Idempotency-Key`: sent again, it answers with what it made the first time.
import { MemlaneError, type Uuid } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { readKey, type KeyedRequest } from "../store/idempotency-keys.ts";
import { digestOf } from "./digest.ts";
import { yieldAfterLongWork } from "./yield-after-long-work.ts";

/** A request that makes something. */
export interface Creation {
  readonly orgId: string;
  readonly headers: Headers;
  /** What is asked for: a key belongs to one operation. */
  readonly operationId: string;
  /** The body as it was validated, so that spaces and the order of known fields make no difference. */
  readonly body: unknown;
  readonly newId: () => Uuid;
}

/** What was made, now or before. */
export interface Created<Made, Id extends Uuid> {
  readonly id: Id;
  /** Undefined when it was made before. */
  readonly made: Made | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Makes something under a new id, or finds what the same request made within the last 24 hours. `make` answers
 * undefined when the key is taken; the key and what it makes are one transaction, so a request that comes meanwhile
 * waits for its commit. If it was made before with this key, it is found instead.
 *
 * @throws MemlaneError `idempotency_mismatch` for a key of another request
 */
export async function createOnce<Made, Id extends Uuid>(
  sql: Sql,
  { orgId, headers, operationId, body, newId }: Creation,
  make: (id: Id, keyed: KeyedRequest | undefined) => Promise<Made | undefined>,
): Promise<Created<Made, Id>> {
  const id = newId() as Id; // the caller says what is made
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
    if (kept === undefined) continue; // it was deleted in between
    const message = "this Idempotency-Key came with another request before";
    throw new MemlaneError({ code: "idempotency_mismatch", message });
  }
}

function readHeader(headers: Headers): string | undefined {
  const key = headers.get("idempotency-key");
  if (key === null || /^[\x20-\x7e]{1,255}$/.test(key)) return key ?? undefined;
  const message = "the Idempotency-Key must be 1 to 255 printable ASCII characters";
  throw new MemlaneError({ code: "invalid_request", message });
}
