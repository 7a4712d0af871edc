import type { MemoryId } from "@memlane/core";
import type { Claim } from "./claim.ts";
import {
  createClaimReader,
  createStandingClaims,
  type ClaimReader,
  type Standing,
} from "./standing-claims.ts";

/** What reconciling needs to know of a memory that is active. */
export interface StoredClaim extends Standing {
  readonly id: MemoryId;
}

/** What becomes of one claim. Its ids may be those of memories that an earlier decision of the job creates. */
export type Decision =
  | { readonly type: "create"; readonly claim: Claim; readonly id: MemoryId }
  /** Stored in the place of one or more memories. */
  | {
      readonly type: "supersede";
      readonly claim: Claim;
      readonly id: MemoryId;
      readonly supersedes: readonly [MemoryId, ...MemoryId[]];
      /** Why each of them cannot stand beside it, in a word or two. */
      readonly why: readonly string[];
    }
  /** Nothing to store: an active memory says it already. */
  | { readonly type: "duplicate"; readonly claim: Claim; readonly of: MemoryId }
  /** Nothing to store: a later claim of the job takes it back, and that one is an active memory already. */
  | { readonly type: "outdated"; readonly claim: Claim };

/**
 * Decides what becomes of each claim of a job, in the order in which they were said. Total and deterministic.
 * Afterwards no two active memories share a slot or a fingerprint (if none did before), and reconciling the same
 * claims with the outcome stores nothing, so that a job may run twice.
 */
export function reconcile(
  claims: readonly Claim[],
  active: readonly StoredClaim[],
  newId: () => MemoryId,
): readonly Decision[] {
  const read = createClaimReader();
  const memories = createStandingClaims(active, read);
  const isStored = claims.map((claim) => memories.saying(claim) !== undefined);
  const isOutdated = findOutdated(claims, isStored, read);
  return claims.map((claim, index): Decision => {
    const known = memories.saying(claim);
    if (known !== undefined) return { type: "duplicate", claim, of: known.id };
    if (isOutdated(index)) return { type: "outdated", claim };
    const excluded = memories.excludedBy(claim);
    const id = newId();
    for (const { entry } of excluded) memories.remove(entry);
    memories.add({ id, text: claim.text, slot: claim.slot, fingerprint: claim.fingerprint });
    const [first, ...others] = excluded.map(({ entry }) => entry.id);
    return first === undefined
      ? { type: "create", claim, id }
      : { type: "supersede", claim, id, supersedes: [first, ...others], why: excluded.map(({ why }) => why) };
  });
}

/**
 * Finds the claims that a later one of the job takes back, where the last word on the matter is stored already. "I
 * live in Rome … I moved to Oslo" ends in Oslo; once Oslo is stored, hearing both again must not bring Rome back.
 */
function findOutdated(
  claims: readonly Claim[],
  isStored: readonly boolean[],
  read: ClaimReader,
): (index: number) => boolean {
  const standing = createStandingClaims<Standing & { readonly saidAt: number[] }>([], read);
  const takenBackAt = new Map<number, number>();
  for (const [index, claim] of claims.entries()) {
    for (const { entry } of standing.excludedBy(claim)) {
      standing.remove(entry);
      for (const at of entry.saidAt) takenBackAt.set(at, index);
    }
    const known = standing.saying(claim);
    if (known === undefined) standing.add({ ...claim, saidAt: [index] });
    else known.saidAt.push(index);
  }
  // A claim is taken back by a later one only, so from the end each last word is known when it is asked for.
  const lastWordIsStored = [...isStored];
  for (let index = claims.length - 1; index >= 0; index -= 1) {
    const at = takenBackAt.get(index);
    if (at !== undefined) lastWordIsStored[index] = lastWordIsStored[at] === true;
  }
  return (index) => takenBackAt.has(index) && lastWordIsStored[index] === true;
}
