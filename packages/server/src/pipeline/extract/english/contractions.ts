import { segmentsOf } from "./segments.ts";
import type { Sentence, Token } from "./reader.ts";
import { isVerb } from "./subject.ts";

/** Writes "'s" as "is" if its clause has no other verb and nothing follows that could be owned: "My job's fully remote." */
export function writeOutIs(sentence: Sentence): Sentence {
  const is = segmentsOf(sentence).flatMap(({ from, to }) => {
    const at = sentence.findIndex(({ lower }, index) => index > from && index < to && lower === "'s");
    return at !== -1 && isVerbOf(sentence.slice(from, to), at - from) ? at : [];
  });
  return is.length === 0
    ? sentence
    : sentence.map((token, at) =>
        is.includes(at)
          ? { ...token, text: "is", lower: "is", tag: "AUX" as const, space: " " as const }
          : token,
      );
}

function isVerbOf(clause: readonly Token[], at: number): boolean {
  const owner = clause[at - 1]!;
  if (owner.tag !== "NOUN" && owner.tag !== "PROPN") return false;
  const rest = clause.slice(at + 1);
  const first = rest[0];
  if (first === undefined || clause.slice(0, at).some(isVerb)) return false;
  if (rest.some((token, index) => isVerb(token) && !isParticiple(token, index, rest))) return false;
  const head = rest.find(({ tag }) => tag !== "ADV" && tag !== "ADJ" && tag !== "NUM");
  return head === undefined || (head.tag !== "NOUN" && head.tag !== "PROPN");
}

/** "My brother's learning Welsh", but not "my brother's cooking". */
function isParticiple({ lower }: Token, at: number, rest: readonly Token[]): boolean {
  return /(?:ed|en|ing)$/.test(lower) && (!lower.endsWith("ing") || at < rest.length - 1);
}
