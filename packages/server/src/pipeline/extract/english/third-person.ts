import { wordSet } from "../../word-lists.ts";
import type { Clause } from "./clause.ts";
import { conjugate } from "./conjugation.ts";
import { textOf, type Token } from "./reader.ts";

/** Words that tie a statement to the conversation and add nothing to it. */
const ties = wordSet("also actually honestly basically literally definitely anyway lol haha");
/** The same, where they end a clause. */
const finalTies = wordSet("too either though anyways");
const finalTie = /,? (?:by the way|to be honest|in fact|you know|of course|btw|tbh)$/i;

/** How the speaker is spoken of once the sentence has named them. */
const pronouns: Readonly<Record<string, string>> = {
  i: "they",
  me: "User",
  my: "their",
  mine: "theirs",
  myself: "themselves",
  we: "they",
  our: "their",
  ours: "theirs",
};

/** What one shares with the people one lives with, so that "we have two kids" is true of the speaker. */
const shared =
  /^we (?:live|lived|are living|moved|relocated|are moving|(?:got|are|are getting) (?:married|engaged|divorced)|(?:have|had|own|adopted|bought) (?:no|an?|one|two|three|four|five|six|\d+) (?:\w+ ){0,2}(?:kids?|child|children|sons?|daughters?|baby|dogs?|pupp(?:y|ies)|cats?|kittens?|rabbits?|horses?|hamsters?|parrots?|pets?|car|house|home|farm|apartment))\b/;

/** Says in the third person what a clause says in the first, e.g. `User lives in Oslo.`; null when that is not safe. */
export function toThirdPerson({ kind, tokens, verbAt, preamble }: Clause): string | null {
  if (kind === "we" && !shared.test(textOf(tokens).toLowerCase())) return null;
  const finite = tokens[verbAt];
  const said = tokens.filter((token, at) => token === finite || !isTie(tokens, at));
  const conjugated = conjugate({ kind, tokens: said, verbAt: said.findIndex((token) => token === finite) });
  if (conjugated === null) return null;
  const subject = { ...tokens[0]!, text: kind === "my" ? "User's" : "User" };
  const text = textOf([subject, ...renameSpeaker([...conjugated.slice(1), ...asAddition(preamble)])]);
  return `${text.replace(/(?<![\s.,;:!?…–—(-])[\s.,;:!?…–—(-]+(?=["”)]?$)/u, "").replace(finalTie, "")}.`;
}

function isTie(tokens: readonly Token[], at: number): boolean {
  const { lower } = tokens[at]!;
  // "I am no fan myself" only stresses who says it; "I taught myself" says whom.
  if (lower === "myself" && tokens[at - 1]?.tag !== "VERB" && tokens[at - 1]?.tag !== "ADP")
    return tokens[at + 1] === undefined;
  if (ties.has(lower)) return true;
  const next = tokens[at + 1];
  const isLast = next === undefined || next.tag === "PUNCT" || next.tag === "CCONJ";
  if (finalTies.has(lower)) return isLast;
  if (lower === "as") return next?.lower === "well" && tokens[at + 2]?.lower !== "as";
  return lower === "well" && tokens[at - 1]?.lower === "as" && next?.lower !== "as";
}

function renameSpeaker(tokens: readonly Token[]): readonly Token[] {
  let isNamedAgain = false;
  return tokens.map((token, at) => {
    const { lower } = token;
    const previous = tokens.slice(Math.max(0, at - 2), at).findLast(({ tag }) => tag !== "ADV");
    if (lower === "i") isNamedAgain = true;
    // "They" takes the verbs of many.
    if (lower === "am") return { ...token, text: isNamedAgain ? "are" : "is" };
    if (lower === "was" && previous?.lower === "i") return { ...token, text: "were" };
    return Object.hasOwn(pronouns, lower) ? { ...token, text: pronouns[lower]! } : token;
  });
}

/** What stood before the statement, to stand behind it. */
function asAddition(preamble: readonly Token[]): readonly Token[] {
  const [first, ...others] = preamble;
  if (first === undefined) return [];
  return [{ ...first, text: first.lower, space: " " }, ...others];
}
