import { wordSet } from "../../word-lists.ts";
import type { Clause } from "./clause.ts";
import { nominal } from "./inversion.ts";
import { lightWords } from "./light-words.ts";
import type { Token } from "./reader.ts";

const copulas = wordSet("is are");
/** Prepositions that say where something is, or of what it is a part. */
const relating = wordSet("from of on in at near with behind opposite across by beside");
const longestSubject = 6;

/**
 * "The school is two streets from our house": a clause about another thing, and where it is from the user's things. Returns an
 * empty list for other words.
 */
export function relationClause(tokens: readonly Token[]): Clause[] {
  const verbAt = tokens.slice(0, longestSubject + 1).findIndex(({ lower }) => copulas.has(lower));
  const subject = tokens.slice(0, Math.max(0, verbAt));
  const own = tokens.findIndex(({ lower }, at) => at > verbAt && (lower === "my" || lower === "our"));
  if (subject.length === 0 || own === -1 || !relating.has(tokens[own - 1]!.lower)) return [];
  if (!subject.every(({ tag, lower }) => nominal.has(tag) || lower === "of")) return [];
  const isNamed = subject.some(
    ({ tag, lower }) => (tag === "PROPN" || tag === "NOUN") && !lightWords.has(lower),
  );
  const hasVerb = tokens.slice(verbAt + 1, own).some(({ tag }) => tag === "VERB" || tag === "AUX");
  return isNamed && !hasVerb ? [{ kind: "my", verbAt, tokens, preamble: [] }] : [];
}
