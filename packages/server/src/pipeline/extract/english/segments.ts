import { wordSet } from "../../word-lists.ts";
import type { Sentence, Token } from "./reader.ts";

/** A part of a sentence between two positions where a new clause may begin. */
export interface Segment {
  readonly from: number;
  /** The position after its last token. */
  readonly to: number;
  /** Whether a conjunction such as "and" precedes it, and not only a punctuation mark. */
  readonly isJoined: boolean;
}

const conjunctions = wordSet("and but so or yet plus");
const marks = wordSet(", ; : – — -- - . ! ? … ... ( )");

/** Cuts a sentence at punctuation and conjunctions, which belong to no segment. */
export function segmentsOf(sentence: Sentence): readonly Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  let isJoined = false;
  for (let at = 0; at <= sentence.length; at += 1) {
    const token = sentence[at];
    if (token !== undefined && !isBoundary(token) && !beginsReason(sentence, at)) continue;
    if (at > from) {
      segments.push({ from, to: at, isJoined });
      isJoined = false;
    }
    if (token !== undefined && /^\p{L}/u.test(token.lower)) isJoined = true;
    from = at + 1;
  }
  return segments;
}

function isBoundary({ lower, space }: Token): boolean {
  // The hyphen of "part-time" is not a boundary.
  return conjunctions.has(lower) || (marks.has(lower) && !(lower === "-" && space === ""));
}

/** Whether a reason begins here: "I read because I love stories" is two statements. */
function beginsReason(sentence: Sentence, at: number): boolean {
  return sentence[at]!.lower === "because" && /^(?:i|my)$/.test(sentence[at + 1]?.lower ?? "");
}
