// A statement with "now" replaces the one that differs from it in one part: "uses Obsidian for notes now", "uses Notion for notes".
import { plainFormOf } from "../statement/fingerprint.ts";
import { synonymOf, withDigits, withoutFullStop } from "../statement/wordings.ts";
import { alternatives, wordSet } from "../word-lists.ts";
import { elaborations } from "./things.ts";

const marker =
  /\b(?:now|these days|nowadays|from now on|again|finally|after all|instead|started \w+ing|as of \w+|since (?:last|yesterday|\p{Lu})\w*)\b/u;
const markers =
  /,? ?\b(?:right now|now|these days|nowadays|from now on|from this \w+|again|finally|after all|instead|as of \w+|since last \w+|currently|at the moment|already|actually|only|recently|anymore)\b/g;

/** Verbs that are true of several things at a time, even with "now". */
const manyValued = wordSet(`
  likes loves enjoys hates dislikes has knows speaks owns wants needs can collects is was went watches reads does bought got
  understands follows remembers thinks feels sees plays eats started joined visited grows
`);
const manyValuedPlain = new Set([...manyValued, "is", "play"].map(plainFormOf));
/** Verbs with one object at a time. */
const exclusive = wordSet(
  "drives works prefers banks sleeps commutes codes earns weighs votes rents wears shops deploys trains types",
);
const commute =
  /^user (?:takes? .*|cycles|bikes|walks|drives|rides .*|runs|commutes .*|gets a lift) to (?:the )?(?:work|school|office|uni|campus|job)\b/;
const company = /^user lives (?:alone|by themselves|on their own|with )/;

const denial =
  /^user (?:(?:does not|do not|never|no longer|can not|is not|has no|does not have|has never|will not)(?: (?:any|an?))?) (.*)$/;
const affirmation = /^user (?:(?:can|is|has|will) )?(?:(?:an?) )?(.*)$/;
const temporary = new Set("because at for until due yet since".split(" ").map(plainFormOf));

/** What a statement with a word such as "now" replaces. */
export interface Update {
  /** Each statement that the update may replace has one of these words. */
  readonly keys: readonly string[];
  readonly replaces: (earlier: string) => boolean;
}

/** The update that a statement makes; null if nothing in it says that something has changed. */
export function updateIn(text: string): Update | null {
  const said = withoutFullStop(text).replaceAll("’", "'");
  if (!said.startsWith("User") || !marker.test(said)) return null;
  const statement = withDigits(said.toLowerCase()).replaceAll(markers, "").trim();
  if (/^user (?:does not|never|no longer|is not|can not|has no)\b/.test(statement)) return null;
  const words = wordsOf(statement);
  const own = affirmation.exec(statement.replace(/^(user )(?:has )?started (?=\w+ing\b)/, "$1"))?.[1];
  return {
    keys: commute.test(statement) ? [words[1]!, words.at(-1)!] : words.slice(1, 3),
    replaces: (earlier) =>
      differsInOnePart(words, earlier, statement) || (own !== undefined && isDenied(earlier, own)),
  };
}

/** Whether an earlier statement denies what is now true: "never eats breakfast", "can not run because of their knee". */
function isDenied(earlier: string, own: string): boolean {
  const denied = denial.exec(earlier.replaceAll(markers, ""))?.[1];
  if (denied === undefined) return false;
  const [old, current] = [wordsOf(denied), wordsOf(own)];
  const shared = old.length <= current.length ? old : current;
  if (shared.length === 0 || !shared.every((_, at) => old[at] === current[at])) return false;
  const next = current[shared.length];
  const after = old[shared.length];
  return (
    (next === undefined || plainElaborations.has(next)) &&
    (after === undefined || after === "," || temporary.has(after))
  );
}

function differsInOnePart(words: readonly string[], earlier: string, statement: string): boolean {
  const plain = earlier.replaceAll(markers, "");
  if (denial.test(plain) || /^user (?:will|wants|plans|used|was|had|did) /.test(plain)) return false;
  if (commute.test(plain) && commute.test(statement)) return true;
  if (company.test(plain) && company.test(statement)) return true;
  const old = wordsOf(plain);
  let from = 0;
  while (from < old.length && from < words.length && old[from] === words[from]) from += 1;
  let end = 0;
  while (end < old.length - from && end < words.length - from && old.at(-1 - end) === words.at(-1 - end))
    end += 1;
  const [was, is] = [old.slice(from, old.length - end), words.slice(from, words.length - end)];
  if (from < 2 || was.length === 0 || is.length === 0 || was.length > 4 || is.length > 4) return false;
  const verb = statement.split(" ")[1] ?? "";
  const isNumber = (part: readonly string[]) => part.length === 1 && /^\d+$/.test(part[0]!);
  const isCount = isNumber(was) && isNumber(is) && end > 0;
  if (isCount) return true;
  const possession = words[0] === "user'" || statement.startsWith("user's ");
  if (possession) return from >= 3 && !words.slice(0, from).some((word) => manyValuedPlain.has(word));
  if (manyValued.has(verb)) return false;
  const before = words.slice(2, from);
  if (before.at(-1) === "with" || was.includes("with") !== is.includes("with")) return false;
  const shared = [...before, ...words.slice(words.length - end)].filter((word) => !smallWords.has(word));
  if (exclusive.has(verb)) return isPreposition(was[0]!) === isPreposition(is[0]!);
  return shared.length > 0;
}

const smallWords = wordSet("the an a of to in on at for with by from their user");
const prepositions = wordSet("in on at to for with by from near about of as into");
const isPreposition = (word: string) => prepositions.has(word);
const degrees = "pretty quite well fluently very a lot regularly sometimes often better fine again".split(
  " ",
);
const plainElaborations = new Set([...elaborations, ",", ...degrees].map(plainFormOf));

const articles = new RegExp(`\\b${alternatives("an? the")} `, "g");

function wordsOf(statement: string): readonly string[] {
  return (statement.replaceAll(articles, "").match(/[\p{L}\p{N}][\p{L}\p{N}'+#&.-]*|,/gu) ?? []).map((word) =>
    plainFormOf(synonymOf(word)),
  );
}
