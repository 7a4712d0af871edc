// A setup file of vitest: property tests take their seed from MEMLANE_SEED. fast-check prints the seed of a property that fails.
const seed = process.env["MEMLANE_SEED"];
if (seed !== undefined && seed !== "") {
  if (!/^-?\d{1,10}$/.test(seed)) throw new Error(`MEMLANE_SEED must be a whole number, not "${seed}".`);
  // Imported only here, because most test files have no property, and loading it takes a quarter of a second.
  const fc = await import("fast-check");
  fc.configureGlobal({ seed: Number(seed) });
}
