// Pairs of statements by one user: checks whether the second replaces the first, and whether it should.
import { readdir, readFile } from "node:fs/promises";
import { parseJson } from "@memlane/core/internal";
import * as z from "zod/mini";
import type { Extractor } from "../src/pipeline/extract/extractor.ts";
import { remember } from "./remember.ts";

/** What may happen to the first statement. */
export const outcomes = ["supersede", "keep", "duplicate"] as const;
const pair = z.object({
  topic: z.string(),
  /** What should happen to the first statement, or whether the second repeats it. */
  outcome: z.enum(outcomes),
  before: z.string(),
  after: z.string(),
});
type Pair = z.output<typeof pair>;

/** The result of one pair. A wrong merge loses a true fact, or mistakes it for another fact. */
export interface JudgedPair extends Pair {
  readonly result: "right" | "missed" | "wrong merge";
}

/** Judges every pair of a file in this folder. */
export async function judgeMindChanges(
  extractor: Extractor,
  file = "mind-changes.jsonl",
): Promise<readonly JudgedPair[]> {
  const text = await readFile(new URL(file, import.meta.url), "utf8");
  const pairs = text
    .trim()
    .split("\n")
    .map((line) => pair.parse(parseJson(line)));
  const judged: JudgedPair[] = [];
  for (const each of pairs) judged.push({ ...each, result: await judge(extractor, each) });
  return judged;
}

/** The pairs of one file whose author had not seen the rules. */
export interface BlindPairs {
  readonly name: string;
  /** Whether its sentences may be shown to the developers of the rules. */
  readonly isShown: boolean;
  readonly pairs: readonly JudgedPair[];
}

/** Judges the files of blind pairs in the folder `judged`. */
export async function judgeBlindPairs(extractor: Extractor): Promise<readonly BlindPairs[]> {
  const folder = new URL("judged/", import.meta.url);
  const files = await readdir(folder).catch((): string[] => []);
  const judged: BlindPairs[] = [];
  for (const file of files.toSorted()) {
    const [, name] = /^mind-changes-(blind-\w+)\.jsonl$/.exec(file) ?? [];
    if (name === undefined) continue;
    const pairs = await judgeMindChanges(extractor, `judged/${file}`);
    judged.push({ name, isShown: !name.endsWith("b"), pairs });
  }
  return judged;
}

async function judge(extractor: Extractor, { outcome, before, after }: Pair): Promise<JudgedPair["result"]> {
  const { active: first } = await remember(extractor, [{ role: "user", content: before }]);
  const { active: second, decisions } = await remember(extractor, [{ role: "user", content: after }], first);
  const ids = new Set(second.map(({ id }) => id));
  const kept = first.filter(({ id }) => ids.has(id)).length;
  const added = second.length - kept;
  if (first.length === 0) return "missed";
  switch (outcome) {
    case "supersede":
      return kept === 0 && added > 0 ? "right" : "missed";
    case "duplicate":
      return second.length === first.length ? "right" : "missed";
    case "keep":
      if (kept < first.length) return "wrong merge";
      if (added > 0) return "right";
      return decisions.some(({ type }) => type === "duplicate") ? "wrong merge" : "missed";
  }
}
