import type { CheckResult } from "@memlane/core/conformance";
import { printable } from "./printable.ts";

const marks = { passed: "pass", failed: "FAIL", skipped: "skip" } as const;

/**
 * A block for each area, with its counts and its checks, and the sums at the end. Checks that passed are shown only if `isVerbose`.
 */
export function describeConformance(
  results: readonly CheckResult[],
  { isVerbose }: { readonly isVerbose: boolean },
): readonly string[] {
  const areas = [...new Set(results.map(({ area }) => area))];
  const width = Math.max(...areas.map(({ length }) => length));
  const countsOf = (some: readonly CheckResult[]) =>
    (["passed", "failed", "skipped"] as const)
      .map((outcome) => [some.filter((result) => result.outcome === outcome).length, outcome] as const)
      .filter(([count, outcome]) => count > 0 || outcome === "passed")
      .map(([count, outcome]) => `${count} ${outcome}`)
      .join(", ");
  const blocks = areas.map((area) => {
    const own = results.filter((result) => result.area === area);
    const shown = own.filter(({ outcome }) => isVerbose || outcome !== "passed");
    return [`${area.padEnd(width)}  ${countsOf(own)}`, ...shown.flatMap(describeResult)];
  });
  return [...blocks.flat(), `${"all".padEnd(width)}  ${countsOf(results)}`];
}

function describeResult({ id, requirement, outcome, message }: CheckResult): readonly string[] {
  const lines = [`  ${marks[outcome]}  ${id}: ${requirement}`];
  return message === "" ? lines : [...lines, `        ${printable(message)}`];
}
