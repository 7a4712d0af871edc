import { createHash } from "node:crypto";
import { normalFormOf } from "../normalise/normal-form.ts";
import { wordSet } from "../word-lists.ts";
import { inPlainWords, synonymOf } from "./wordings.ts";

/** The meaning of a statement: its main words, and whether it denies them. */
export interface Proposition {
  readonly words: readonly string[];
  readonly denied: boolean;
}

/** Words that do not change the meaning. */
const fillers = wordSet(
  "a an the to any also too just really very actually now currently anymore still again happily originally",
);

const auxiliaries = wordSet("is are was were has have had can could will would does do did");

const irregular: Readonly<Record<string, string>> = {
  is: "be",
  are: "be",
  am: "be",
  was: "was",
  were: "was",
  has: "have",
  does: "do",
  goes: "go",
  wives: "wife",
  lives: "live",
  people: "person",
};

/** The fingerprint of a statement with more characters (in plain words) is a hash. */
const longestPlainFingerprint = 64;

/** The "not" that denies a whole statement is within this many words of `User` or `User's`. */
const denialReach = { user: 2, possession: 6 };

/**
 * Equal for two statements that say the same. Ignores case, punctuation, articles, simple inflection and the wordings in
 * `wordings.ts`. A denial has the fingerprint of what it denies, with a mark in front.
 */
export function fingerprintOf(text: string): string {
  const { words, denied } = propositionOf(text);
  // A text without letters and digits has no words: use all of it.
  const plain = words.length > 0 ? words.join(" ") : text.trim();
  const short = plain.length <= longestPlainFingerprint && words.length > 0;
  const body = short ? plain : createHash("sha256").update(plain).digest("hex").slice(0, 32);
  return denied ? `!${body}` : body;
}

/** The fingerprint of the opposite statement: `User likes tea.` and `User does not like tea.` */
export function oppositeOf(fingerprint: string): string {
  return fingerprint.startsWith("!") ? fingerprint.slice(1) : `!${fingerprint}`;
}

/** The meaning of a statement in the third person. */
export function propositionOf(text: string): Proposition {
  const spoken = normalFormOf(text)
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/^user can ?not (?:stand|bear) /, "user hates ");
  const affirmed = withoutDenial(spoken);
  const plain = readWords(inPlainWords(affirmed));
  // "Does not hate" does not mean "likes": a double denial keeps its words.
  const { words, denied } =
    affirmed !== spoken && plain.denied ? { ...readWords(affirmed), denied: false } : plain;
  return { words, denied: denied || affirmed !== spoken };
}

/** What a statement denies; the statement itself if it denies nothing. */
function withoutDenial(spoken: string): string {
  return spoken
    .replace(/^user (?:(?:does|do|did) not|never|no longer) /, "user ")
    .replace(/^user (is|was|has|can|will) (?:not|never|no longer) /, "user $1 ")
    .replace(/^user (\p{Ll}+s) no (?!longer\b)/u, "user $1 ");
}

function readWords(spoken: string): Proposition {
  const all = spoken.match(/[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}\p{N}]+)*[+#]*/gu) ?? [];
  const possession = all[0] === "user's";
  const words = all[0] === "user" || possession ? all.slice(1) : all;
  const denial = findDenial(words, possession ? denialReach.possession : denialReach.user);
  const kept = denial === null ? words : words.toSpliced(denial.from, denial.count);
  return {
    words: [
      ...(possession ? ["own"] : []),
      ...kept.filter((word) => !fillers.has(word)).map((word) => plainFormOf(synonymOf(word))),
    ],
    denied: denial !== null,
  };
}

function findDenial(words: readonly string[], reach: number): { from: number; count: number } | null {
  for (let at = 0; at <= reach && at < words.length; at += 1) {
    const word = words[at]!;
    const before = at > 0 ? words[at - 1]! : null;
    if (before !== null && !auxiliaries.has(before)) continue;
    if (word === "not" || word === "never") {
      return before === "does" || before === "do" ? { from: at - 1, count: 2 } : { from: at, count: 1 };
    }
    if (word === "no") return { from: at, count: words[at + 1] === "longer" ? 2 : 1 };
  }
  return null;
}

/** The same spelling for all inflections of a word. The result need not be a word. */
export function plainFormOf(word: string): string {
  let plain = Object.hasOwn(irregular, word)
    ? irregular[word]!
    : word.endsWith("'s")
      ? word.slice(0, -2)
      : word;
  if (plain.length <= 3) return plain;
  // A pattern costs ten times as much as this check, and this runs for every word of a user's statements.
  if (plain.endsWith("s")) plain = plain.replace(/(?<=s|x|z|ch|sh)es$|(?<=[^sui])s$/, "");
  if (plain.endsWith("ing")) plain = plain.replace(/(?<=...)ing$/, "");
  if (plain.at(-1) === plain.at(-2)) plain = plain.replace(/([bdgmnprt])\1$/, "$1");
  if (plain.endsWith("y")) plain = plain.replace(/(?<=[^aeiou])y$/, "i");
  if (plain.endsWith("e")) plain = plain.replace(/(?<=...)e$/, "");
  return plain;
}
