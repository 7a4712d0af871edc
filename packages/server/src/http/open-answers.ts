// Answers that stay open: event streams and long-polls. They end when their key is revoked.
import { MemlaneError } from "@memlane/core";
import type { Database } from "../database/database.ts";
import { keyRevokedChannel } from "../store/api-keys.ts";
import type { FindKey } from "../cached-rows/cached-keys.ts";

/** An answer that stays open. */
export interface OpenAnswer {
  /** Aborts when the key is revoked. */
  readonly revoked: AbortSignal;
  readonly close: () => void;
}

/** Registers an answer that stays open. @throws MemlaneError `rate_limit_exceeded` if the account has too many */
export type OpenAnswers = (keyId: string, account: string) => OpenAnswer;

/** Options for open answers. */
interface OpenAnswersOptions {
  /** How many answers may be open per account. @default 5000 */
  readonly mostPerAccount?: number;
  /** How often the keys are checked, in case a notification was lost. In milliseconds. @default 5000 */
  readonly lookMs?: number;
}

/** Tracks open answers, and ends those of a revoked key. */
export async function trackOpenAnswers(
  database: Database,
  findKeyById: FindKey,
  { mostPerAccount = 5000, lookMs = 5000 }: OpenAnswersOptions = {},
): Promise<OpenAnswers> {
  const openByKey = new Map<string, Set<AbortController>>();
  const countByAccount = new Map<string, number>();
  let timer: ReturnType<typeof setInterval> | undefined;

  const endRevoked = async (keyId: string) => {
    if ((await findKeyById(keyId)) !== undefined) return;
    openByKey.get(keyId)?.forEach((answer) => answer.abort());
  };
  const look = () => {
    // If the database cannot be reached, the answers stay open until a later check.
    for (const keyId of openByKey.keys()) endRevoked(keyId).catch(() => {});
  };
  await database.listen(keyRevokedChannel, look);

  return (keyId, account) => {
    const count = countByAccount.get(account) ?? 0;
    if (count >= mostPerAccount) {
      const message = "this key has too many event streams and waiting requests open";
      throw new MemlaneError({ code: "rate_limit_exceeded", message, retryAfterMs: 1000 });
    }
    countByAccount.set(account, count + 1);
    const answer = new AbortController();
    const open = openByKey.get(keyId) ?? new Set();
    openByKey.set(keyId, open.add(answer));
    timer ??= setInterval(look, lookMs);
    return {
      revoked: answer.signal,
      close() {
        if (!open.delete(answer)) return;
        if (open.size === 0) openByKey.delete(keyId);
        const left = countByAccount.get(account)! - 1;
        if (left > 0) countByAccount.set(account, left);
        else countByAccount.delete(account);
        if (openByKey.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      },
    };
  };
}
