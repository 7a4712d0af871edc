// A setup file of vitest: property tests take their seed from MEMLANE_SEED. fast-check prints the seed of a property that fails.
import * as fc from "fast-check";

const seed = process.env["MEMLANE_SEED"];
if (seed !== undefined && seed !== "") {
  if (!/^-?\d{1,10}$/.test(seed)) throw new Error(`MEMLANE_SEED must be a whole number, not "${seed}".`);
  fc.configureGlobal({ seed: Number(seed) });
}
