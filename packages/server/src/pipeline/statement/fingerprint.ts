import { createHash } from "node:crypto";
import { normalFormOf } from "../normalise/normal-form.ts";
import { wordSet } from "../word-lists.ts";
import { inPlainWords, synonymOf } from "./wordings.ts";

/** What a statement says, reduced to the words that carry it, and whether it denies just that. */
export interface Proposition {
  readonly words: readonly string[];
  readonly denied: boolean;
}

/** Words that can come and go without changing what is claimed. */
const fillers = wordSet(
  "a an the to any also too just really very actually now currently anymore still again happily",
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

/** A statement that is longer than this many characters in plain words is known by its hash. */
const longestPlainFingerprint = 64;

/** How far from its start a statement about `User` or `User's …` may have the "not" that denies all of it. */
const denialReach = { user: 2, possession: 6 };

/**
 * Equal for two statements exactly when they say the same, up to case, punctuation, articles, plain inflection and the
 * wordings of `wordings.ts`. A denial has the fingerprint of what it denies, marked.
 */
export function fingerprintOf(text: string): string {
  const { words, denied } = propositionOf(text);
  // A text without any letter or digit is known by all of it.
  const plain = words.length > 0 ? words.join(" ") : text.trim();
  const short = plain.length <= longestPlainFingerprint && words.length > 0;
  const body = short ? plain : createHash("sha256").update(plain).digest("hex").slice(0, 32);
  return denied ? `!${body}` : body;
}

/** The fingerprint of the statement that says the contrary: `User likes tea.` and `User does not like tea.` */
export function oppositeOf(fingerprint: string): string {
  return fingerprint.startsWith("!") ? fingerprint.slice(1) : `!${fingerprint}`;
}

/** What a statement in the third person says, in plain words. */
export function propositionOf(text: string): Proposition {
  const spoken = normalFormOf(text)
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/^user can ?not (?:stand|bear) /, "user hates ");
  const affirmed = withoutDenial(spoken);
  const plain = readWords(inPlainWords(affirmed));
  // "Does not hate" is no liking: what is denied twice stays as it was said.
  const { words, denied } =
    affirmed !== spoken && plain.denied ? { ...readWords(affirmed), denied: false } : plain;
  return { words, denied: denied || affirmed !== spoken };
}

/** The statement that is denied; the statement itself when it denies nothing. */
function withoutDenial(spoken: string): string {
  return spoken
    .replace(/^user (?:(?:does|do|did) not|never|no longer) /, "user ")
    .replace(/^user (is|was|has|can|will) (?:not|never|no longer) /, "user $1 ")
    .replace(/^user has no /, "user has ");
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

/** One spelling for a word's inflections, as propositions have it; it need not be a word. */
export function plainFormOf(word: string): string {
  let plain = Object.hasOwn(irregular, word)
    ? irregular[word]!
    : word.endsWith("'s")
      ? word.slice(0, -2)
      : word;
  if (plain.length <= 3) return plain;
  // Checked first, because a pattern costs ten times as much and this runs for every word of a user's statements.
  if (plain.endsWith("s")) plain = plain.replace(/(?<=s|x|z|ch|sh)es$|(?<=[^sui])s$/, "");
  if (plain.endsWith("ing")) plain = plain.replace(/(?<=...)ing$/, "");
  if (plain.at(-1) === plain.at(-2)) plain = plain.replace(/([bdgmnprt])\1$/, "$1");
  if (plain.endsWith("y")) plain = plain.replace(/(?<=[^aeiou])y$/, "i");
  if (plain.endsWith("e")) plain = plain.replace(/(?<=...)e$/, "");
  return plain;
}
