import type { PartOfSpeech } from "wink-nlp";
import { wordSet } from "../../word-lists.ts";
import type { Clause } from "./clause.ts";
import type { Token } from "./reader.ts";

const copulas = wordSet("is are was were");
const pointers = wordSet("this that these those one both all");
/** Parts of speech in a name of something. */
export const nominal = new Set<PartOfSpeech>(["ADJ", "NOUN", "PROPN", "NUM", "CCONJ", "PART", "DET"]);
const longestTopic = 6;

/** Turns "Blue is my favorite color" into "my favorite color is Blue". Empty for any other order of words. */
export function invertClause(tokens: readonly Token[]): Clause[] {
  const my = tokens.findIndex(({ lower }, at) => lower === "my" && copulas.has(tokens[at - 1]?.lower ?? ""));
  const [first, ...others] = tokens.slice(0, Math.max(0, my - 1));
  const [pronoun, ...belongings] = tokens.slice(my);
  const copula = tokens[my - 1];
  if (first === undefined || pronoun === undefined || copula === undefined) return [];
  if (others.length >= longestTopic || belongings.length === 0 || pointers.has(first.lower)) return [];
  if (![first, ...others, ...belongings].every(({ tag }) => nominal.has(tag))) return [];
  const turned = [pronoun, ...belongings, copula, inside(first), ...others];
  return [{ kind: "my", verbAt: belongings.length + 1, tokens: turned, preamble: [] }];
}

/** A word that was the first of the sentence and no longer is. */
function inside(token: Token): Token {
  const isGerund = token.inLexicon && token.lower.endsWith("ing");
  return { ...token, text: isGerund ? token.lower : token.text, space: " " };
}
