// Whether a statement says the opposite of what a message says. Only clear cases count: a refused statement is lost.
import type { Message } from "../../normalise/normalise-messages.ts";
import { wordSet } from "../../word-lists.ts";
import { foldedOf, foldedSet, isEmptyWord, wordsOf } from "./words.ts";

const negators = wordSet("not never none without nobody nothing cannot hardly no");
const foreignNegators = wordSet(
  `nicht kein keine keinen keinem keiner keines nie niemals niet geen nooit pas jamais ne nunca jamás tampoco non mai não inte
   aldrig ikke ingen nie nigdy не нет никогда değil`,
);
/** Contractions with "not", also without their apostrophe. */
const negativeContraction =
  /n['’]t$|^(?:do|does|did|ca|wo|is|are|was|were|have|has|had|could|would|should)nt$/i;

/** Verbs for not liking. */
const dislike =
  /\b(?:hates?|hated|dislikes?|disliked|detests?|loathes?|despises?|can(?:['’]?t|not) (?:stand|bear))\b/giu;

/** Verbs and phrases that deny by their meaning. "Stopped" does so only before a verb. */
const denyingVerbs =
  /\b(?:avoids?|avoided)\b|\b(?:stopped|stops|stop|quit|quits|gave up|gives? up|given up) (?=\p{L}+ing\b)|(?<!\b(?:am|['’]m|is|are|be|get|got|getting) )\bused to\b|\bno longer\b/giu;

/** Wordings in which a "not" denies nothing. */
const idioms =
  /\b(?:not (?:only|just|to mention|bad)|(?:do|does|did)n['’]?t (?:just|only|mind)|no (?:doubt|problem|idea|wonder|matter)|never mind|nothing (?:more|better|but)|can(?:['’]?t|not) (?:wait|help|believe|get enough|have enough|live without)|could(?:n['’]?t| not) be \p{L}+|why (?:not|don['’]?t)|nicht nur|pas seulement|no s[oó]lo)\b/giu;

/** "Yes" or "no" before the sentence itself. */
const interjection = /^\s*(?:no|nope|nah|yes|yeah|yep)\b[,\s]+(?=(?:i|we|my|our)\b)/i;

const sentence = /[^.!?。！？\n]+[.!?。！？]*/gu;
const boundary =
  /[;:]|\b(?:but|because|although|though|while|whereas|however|yet|aber|sondern|weil|mais|pero|sino)\b|(?:,|\band\b|\bso\b|\bund\b|\bet\b)(?= (?:and |so |then )?(?:i|i['’](?:m|ve|d|ll)|we|my|our|he|she|they|it|you|this|that|there|not|ich|je|yo|mi)\b)/giu;

/** Where the scope of a "not" ends. */
const scopeEnd = /,|\b(?:and|und|et|except|besides|unless|until|only|other than|apart from|anything but)\b/iu;

/** "Not meat, fish or eggs" denies all of them. */
const alternative = /\b(?:or|nor|oder|ou)\b/i;
const scopeEndInList =
  /\b(?:and|und|et|except|besides|unless|until|only|other than|apart from|anything but)\b/iu;

/** Denials in Chinese, Japanese and Korean. They deny the whole clause. */
const denialOfWholeClause = /[不没沒別]|ない|ません|なかった|않|(?:^| )(?:안|못) /u;

/** English words. If a clause has none of them, "no" counts as a word of another language. */
const english = /\b(?:i|i['’](?:m|ve|d|ll)|my|we|have|has|there|is|the|a)\b/i;

/** Words that say how the user feels about something. All of them count as the same. */
const attitudes = foldedSet("like likes love enjoy prefer want adore fond fan");

/** Words that do not matter for the comparison: adverbs, contractions such as "I'm", articles of other languages, and the like. */
const ignored = foldedSet(
  `really any anymore longer currently now still again at all even ever got i'm i've i'd i'll we're we've we'd we'll
   ein eine einen einem einer der die das den dem un une le la les du de el los las una uno il lo um uma een het`,
);

/** A clause of a message or of a statement. */
export interface Clause {
  /** The meaningful words, folded, in their order. */
  readonly words: readonly string[];
  /** The meaningful words that are denied. */
  readonly denied: ReadonlySet<string>;
  /** How often it denies. Two denials are not clear. */
  readonly denials: number;
  /** Whether it is about liking something. */
  readonly hasAttitude: boolean;
  /** Whether it denies in a language whose word forms are not known. */
  readonly isForeign: boolean;
}

/** How a user answers a question with one word. */
const oneWord = /^\W*(?:(no|nope|nah|nein)|yes|yeah|yep|yup|sure|ja)\W*$/i;

/**
 * Whether the users' own words clearly say the opposite of a part of the statement.
 *
 * @param clausesIn Reads the clauses of a message with `clausesOf`.
 */
export function contradictsUser(
  statement: string,
  cited: readonly Message[],
  clausesIn: (content: string) => readonly Clause[],
): boolean {
  const said = cited
    .filter((message) => message.speaker !== "machine")
    .flatMap(({ content }) => clausesIn(withoutQuestions(content)));
  return clausesOf(statement.replace(/^User(?:['’]s)? /, "")).some(
    (stated) =>
      stated.words.length > 0 &&
      stated.denials < 2 &&
      (isOpposite(stated, said) || isOppositeOfAnswer(stated, cited)),
  );
}

function isOpposite(stated: Clause, said: readonly Clause[]): boolean {
  const about = said.filter((clause) => isAboutTheSame(clause, stated));
  const mustDeny = stated.denials === 0;
  return about.length > 0 && about.every((clause) => denies(clause, stated) === mustDeny);
}

/** Whether a clause can contradict the statement. A user can have a thing without liking it, or like it without having it. */
function isAboutTheSame(clause: Clause, stated: Clause): boolean {
  const isComparable =
    clause.hasAttitude === stated.hasAttitude || (stated.hasAttitude && stated.words.length > 1);
  return isComparable && hasAllWords(clause, stated);
}

/** Whether a clause has all words of the statement. In other languages, the verb can have another form. */
function hasAllWords(clause: Clause, stated: Clause): boolean {
  const isForeign = stated.isForeign || clause.isForeign;
  const has = (word: string) =>
    clause.words.some(
      (other) => other === word || (isForeign && (other.startsWith(word) || word.startsWith(other))),
    );
  const [verb, ...others] = stated.words;
  return others.every(has) && (has(verb!) || (isForeign && others.length > 0));
}

/** Whether a clause denies the statement; undefined if this is not clear. */
function denies(clause: Clause, stated: Clause): boolean | undefined {
  if (clause.denials === 0) return false;
  // "I don't eat meat except chicken" denies "eat", but not "chicken".
  const isDenied = clause.denied.size === clause.words.length || clause.denied.has(stated.words.at(-1)!);
  return clause.denials === 1 && isDenied ? true : undefined;
}

/** Whether a question and a one-word answer say the opposite: "Do you eat meat?" "No." */
function isOppositeOfAnswer(stated: Clause, cited: readonly Message[]): boolean {
  const question = cited.find((message) => message.speaker === "machine" && message.content.endsWith("?"));
  const answer = cited.find((message) => message.speaker !== "machine" && oneWord.test(message.content));
  if (question === undefined || answer === undefined) return false;
  const [asked, ...more] = clausesOf(question.content);
  if (asked === undefined || more.length > 0 || asked.denials > 0 || !hasAllWords(asked, stated))
    return false;
  const isNo = oneWord.exec(answer.content)?.[1] !== undefined;
  return isNo === (stated.denials === 0);
}

function withoutQuestions(content: string): string {
  return content.replaceAll(sentence, (each) => (/[?？]\s*$/.test(each) ? "" : each));
}

/**
 * Cuts a text into clauses. In a clause, a "not" denies everything after it up to `scopeEnd`, or in a list with "or" up to
 * `scopeEndInList`.
 */
export function clausesOf(text: string): Clause[] {
  const sentences = text.match(sentence) ?? [];
  return sentences.flatMap((each) => {
    const parts = each.replace(interjection, "").split(boundary);
    const clauses = parts.map(readClause);
    // In "I love tea, not coffee", the verb of "not coffee" is in the clause before.
    return clauses.map((clause, at) => {
      const hasAttitude =
        clause.hasAttitude || (/^ not /i.test(parts[at]!) && clauses[at - 1]?.hasAttitude === true);
      return { ...clause, hasAttitude };
    });
  });
}

function readClause(text: string): Clause {
  const plain = text
    .replaceAll(idioms, " ")
    .replaceAll(dislike, " not like ")
    .replaceAll(denyingVerbs, " not ");
  const isWhole = denialOfWholeClause.test(plain);
  const isEnglish = english.test(plain);
  const words: string[] = [];
  const denied = new Set<string>();
  let [denials, isForeign, hasAttitude] = [isWhole ? 1 : 0, isWhole, false];
  for (const part of plain.split(alternative.test(plain) ? scopeEndInList : scopeEnd)) {
    let isInScope = isWhole;
    for (const word of wordsOf(part)) {
      const kind = denialOf(word, isEnglish);
      const folded = foldedOf(word);
      if (kind !== undefined) {
        isInScope = true;
        isForeign ||= kind === "foreign";
        // "Ne … pas" and "not … nor" are one denial.
        if (denials === 0 || (kind === "new" && !isWhole)) denials += 1;
      } else if (attitudes.has(folded)) hasAttitude = true;
      else if (!isEmptyWord(folded) && !ignored.has(folded)) {
        words.push(folded);
        if (isInScope) denied.add(folded);
      }
    }
  }
  return { words, denied, denials, hasAttitude, isForeign };
}

/** Whether a word denies. `again` means that it only continues a denial. */
function denialOf(word: string, isEnglish: boolean): "new" | "again" | "foreign" | undefined {
  const low = word.toLowerCase();
  if (foreignNegators.has(low) || /^n['’]\p{L}/u.test(low) || (low === "no" && !isEnglish)) return "foreign";
  if (low === "nor" || low === "neither") return "again";
  return negators.has(low) || negativeContraction.test(low) ? "new" : undefined;
}
