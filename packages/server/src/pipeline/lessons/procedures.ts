/** Steps in the order in which they are done. */
interface Procedure {
  /** The line before the steps, without its mark; empty if there is none. */
  readonly title: string;
  readonly steps: readonly string[];
}

const fewestSteps = 2;
const mostSteps = 50;

const step = /^(?:step\s+)?(\d{1,2})[.):]\s+(\S.*)$/i;
/** Titles of numbered lists that are not steps. */
const otherList =
  /\b(?:options?|choices?|alternatives?|reasons?|ideas?|questions?|issues?|problems?|errors?|findings?|differences?|examples?|pros|cons)\b/i;

/** Finds numbered steps. `otherLines` are the lines outside of them. */
export function proceduresIn(lines: readonly string[]): {
  readonly procedures: readonly Procedure[];
  readonly otherLines: readonly string[];
} {
  const procedures: Procedure[] = [];
  const otherLines: string[] = [];
  for (let at = 0; at < lines.length;) {
    const steps = stepsFrom(lines, at);
    // Directly after other steps, the last of the other lines stands before those.
    const title = otherLines.at(-1) === lines[at - 1] ? titleOf(lines[at - 1]) : "";
    if (steps.length >= fewestSteps && steps.length <= mostSteps && !otherList.test(title)) {
      if (title !== "") otherLines.pop();
      procedures.push({ title, steps });
    } else otherLines.push(...lines.slice(at, at + Math.max(1, steps.length)));
    at += Math.max(1, steps.length);
  }
  return { procedures, otherLines };
}

/** The steps that begin at a line with the number 1. */
function stepsFrom(lines: readonly string[], start: number): readonly string[] {
  const steps: string[] = [];
  for (let at = start; at < lines.length; at += 1) {
    const [, number, text] = step.exec(lines[at]!) ?? [];
    if (text === undefined || Number(number) !== steps.length + 1) break;
    steps.push(text);
  }
  return steps;
}

/** A heading, or a line that ends with a colon. */
function titleOf(line = ""): string {
  return /^#{1,6}\s|:\**$/.test(line) ? line.replace(/^#{1,6}\s+/, "").replaceAll("**", "") : "";
}
