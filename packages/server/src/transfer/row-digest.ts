import { createHash } from "node:crypto";

/** Counts and hashes rows. The order of the rows does not matter, because databases return them in any order. */
export interface RowDigest {
  readonly add: (row: Uint8Array) => void;
  readonly rows: () => number;
  readonly result: () => { readonly rows: number; readonly hash: string };
}

/** Creates a digest of no rows. It is the sum of the rows' SHA-256 hashes, of which 128 bits are kept. */
export function createRowDigest(): RowDigest {
  let rows = 0;
  let sum = 0n;
  return {
    add(row) {
      rows += 1;
      const hash = createHash("sha256").update(row).digest("hex");
      sum = BigInt.asUintN(128, sum + BigInt(`0x${hash.slice(0, 32)}`));
    },
    rows: () => rows,
    result: () => ({ rows, hash: sum.toString(16).padStart(32, "0") }),
  };
}
