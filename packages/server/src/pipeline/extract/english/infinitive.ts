import { wordSet } from "../../word-lists.ts";
import type { Token } from "./reader.ts";

const takesInfinitive = wordSet("like love hate want prefer need plan hope learn liked loved wanted used");

/** Whether the "to" at this position begins an infinitive and not a direction. The tag alone is not reliable. */
export function isInfinitiveMarker(tokens: readonly Token[], at: number): boolean {
  const { lower, tag } = tokens[at]!;
  return (
    lower === "to" &&
    (tag === "PART" || tokens[at + 1]?.tag === "VERB" || takesInfinitive.has(tokens[at - 1]?.lower ?? ""))
  );
}
