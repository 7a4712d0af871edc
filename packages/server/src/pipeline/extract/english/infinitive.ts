import { wordSet } from "../../word-lists.ts";
import type { Token } from "./reader.ts";

const takesInfinitive = wordSet("like love hate want prefer need plan hope learn liked loved wanted used");

/** Whether the "to" at this place begins what somebody does, and not where they go; the model is not always sure. */
export function isInfinitiveMarker(tokens: readonly Token[], at: number): boolean {
  const { lower, tag } = tokens[at]!;
  return lower === "to" && (tag === "PART" || takesInfinitive.has(tokens[at - 1]?.lower ?? ""));
}
