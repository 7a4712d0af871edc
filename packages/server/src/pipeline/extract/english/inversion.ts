import type { PartOfSpeech } from "wink-nlp";
import { wordSet } from "../../word-lists.ts";
import type { Clause } from "./clause.ts";
import type { Token } from "./reader.ts";

const copulas = wordSet("is are was were");
const pointers = wordSet("this that these those one both all");
/** The parts of speech that can occur in a noun phrase. */
export const nominal = new Set<PartOfSpeech>(["ADJ", "NOUN", "PROPN", "NUM", "CCONJ", "PART", "DET"]);
const longestTopic = 6;

/** Turns "Blue is my favorite color" into "my favorite color is Blue". Returns an empty list if the words have another order. */
export function invertClause(tokens: readonly Token[]): Clause[] {
  const my = tokens.findIndex(
    ({ lower }, at) =>
      (lower === "my" || lower === "our") &&
      (copulas.has(tokens[at - 1]?.lower ?? "") ||
        (tokens[at - 1]?.tag === "ADV" && copulas.has(tokens[at - 2]?.lower ?? ""))),
  );
  const copulaAt = tokens[my - 1]?.tag === "ADV" ? my - 2 : my - 1;
  const [first, ...others] = tokens.slice(0, Math.max(0, copulaAt));
  const [pronoun, ...rest] = tokens.slice(my);
  // The noun phrase ends before "ever" or a preposition: "… is my favourite band ever", "… is my editor for everything".
  const end = rest.findIndex(
    ({ tag, lower }) => tag === "ADP" || tag === "PUNCT" || (tag === "ADV" && lower !== "most"),
  );
  const belongings = end === -1 ? rest : rest.slice(0, end);
  const after =
    end === -1 || rest[end]!.tag === "PUNCT" || rest[end]!.lower === "ever" ? [] : rest.slice(end);
  const copula = tokens[copulaAt];
  if (first === undefined || pronoun === undefined || copula === undefined) return [];
  if (others.length >= longestTopic || belongings.length === 0 || pointers.has(first.lower)) return [];
  const isNominal = ({ tag, lower }: Token) => nominal.has(tag) || (tag === "VERB" && lower.endsWith("ed"));
  if (
    !(nominal.has(first.tag) || first.lower.endsWith("ing")) ||
    !others.every(({ tag, lower }) => nominal.has(tag) || lower === "of")
  )
    return [];
  if (!belongings.every((token) => isNominal(token) || token.lower === "most")) return [];
  const between = copulaAt === my - 1 ? [] : [{ ...tokens[my - 1]!, space: " " as const }];
  const turned = [pronoun, ...belongings, copula, ...between, inside(first), ...others, ...after];
  return [{ kind: "my", verbAt: belongings.length + 1, tokens: turned, preamble: [] }];
}

/** Adapts a word that was first in the sentence and is now in the middle. */
function inside(token: Token): Token {
  const isSmall = token.tag === "DET" || (token.inLexicon && token.lower.endsWith("ing"));
  return { ...token, text: isSmall ? token.lower : token.text, space: " " };
}
