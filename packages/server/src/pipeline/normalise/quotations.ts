// Removes clauses that quote a person. The name of a thing in quotation marks stays.
import { foreignMark } from "./foreign-mark.ts";

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Replaces each clause that contains a quotation with a mark. */
export function removeQuotations(text: string): string {
  const spoken = text.replaceAll(action, foreignMark);
  return /["“”„«»‹›「」『』‘’'`]/.test(spoken) ? removeClauses(spoken) : spoken;
}

/** An action in a role play, between single asterisks: "*I draw my sword*". One or two words are only emphasised. */
const action = /(?<![*\p{L}\p{N}])\*(?![\s*])[^*\s]{1,40} [^*\s]{1,40} [^*\n]{1,300}\*(?![*\p{L}\p{N}])/gu;

function removeClauses(text: string): string {
  let kept = "";
  let from = 0;
  for (const quotation of quotationsIn(text)) {
    if (quotation.from < from || isName(text, quotation)) continue;
    const { from: start, to: end } = clauseOf(text, quotation, from);
    kept += text.slice(from, start) + foreignMark;
    from = end;
  }
  return kept + text.slice(from);
}

/** Each opening mark with its closing ones. */
const pairs: Readonly<Record<string, string>> = {
  '"': '"',
  "“": '”"',
  "”": "”",
  "„": '“”"',
  "«": "»",
  "»": "«",
  "‹": "›",
  "「": "」",
  "『": "』",
  "‘": "’'",
  "'": "'’",
  "`": "`",
};
const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
const isSpace = (character: string | undefined) => character === undefined || /[\s\uFFFC]/.test(character);
/** 'cause, 'em, '90s: not the beginning of a quotation. */
const contraction = /^['’](?:cause|em|til|tis|twas|bout|round|n|cuz|coz|\d\ds?)\b/i;

/** The quotations of a text, in order. An opening mark without a closing one counts only after a colon or a comma, to the end of its line. */
function* quotationsIn(text: string): Generator<Span> {
  let open: { readonly at: number; readonly closing: string } | undefined;
  for (const { 0: mark, index: at } of text.matchAll(/["“”„«»‹›「」『』‘’'`]|\n\s*\n/g)) {
    if (mark.startsWith("\n")) {
      // Only a quotation whose opening and closing marks differ can continue after an empty line.
      if (open !== undefined && !/[“„«「『]/.test(text[open.at]!)) {
        yield* unclosed(text, open.at);
        open = undefined;
      }
      continue;
    }
    const [before, after] = [text[at - 1], text[at + 1]];
    const closes = open !== undefined && open.closing.includes(mark) && !isSpace(before) && !isWord(after);
    if (closes && open !== undefined) {
      yield { from: open.at, to: at + 1 };
      open = undefined;
      continue;
    }
    const isAnnounced = /:\s?$/.test(text.slice(Math.max(0, at - 2), at));
    const opens =
      pairs[mark] !== undefined &&
      !isWord(before) &&
      !isSpace(after) &&
      (isAnnounced || !/[.,;!?)]/.test(after ?? ""));
    if (!opens || contraction.test(text.slice(at, at + 8))) continue;
    // An apostrophe within other marks opens nothing.
    if (open !== undefined && /['‘’]/.test(mark) && !/['‘’]/.test(text[open.at]!)) continue;
    open = { at, closing: pairs[mark]! };
  }
  if (open !== undefined) yield* unclosed(text, open.at);
}

function* unclosed(text: string, at: number): Generator<Span> {
  if (!/[:,]\s?$|\b(?:said|says|wrote|asked|told \w+)\s$/.test(text.slice(Math.max(0, at - 20), at))) return;
  const end = text.indexOf("\n", at);
  yield { from: at, to: end === -1 ? text.length : end };
}

const firstPerson = /(?<![\p{L}\p{N}'’])(?:i|me|my|mine|myself|we|us|our|ours)(?![\p{L}\p{N}-])/iu;
const reports =
  /\b(?:said|says?|saying|wrote|writes?|asked|asks?|replied|replies|answered|told|tells?|texted|shouted|whispered|yelled|exclaimed|thought|thinks?|goes|reads?|states?|stated|sang|sings|quoted|translate|signed|posted|tweeted|repl(?:y|ies)|(?:he|she|they|it|someone|everyone|people)(?:'s| was| is| were) like)\b[\w ]{0,20}[\s,:]*$/i;
const mostWordsOfName = 10;

/** Whether a quotation only names a thing: a title, a nickname, a term. It stays a part of its sentence. */
function isName(text: string, { from, to }: Span): boolean {
  const quoted = text.slice(from + 1, to - 1);
  if (quoted.includes("\n") || to - from > 80) return false;
  const lineStart = text
    .slice(Math.max(0, from - 60), from)
    .split(/\n|\uFFFC/)
    .at(-1)!;
  if (lineStart.trim() === "" || /:\s*$/.test(lineStart)) return false;
  const words = quoted.split(/\s+/);
  if (words.length > mostWordsOfName) return false;
  if (words.every(isOfTitle) && words.some((word) => word.length > 3)) return true;
  return (
    !firstPerson.test(quoted) && !reports.test(lineStart) && !/[.!?…]$/.test(quoted) && words.length <= 4
  );
}

/** Whether a word is written as in a title: "I Will Always Love You", "Lord of the Rings". */
function isOfTitle(word: string): boolean {
  return /^[^\p{L}]*(?:\p{Lu}|(?:a|an|and|as|at|but|by|for|from|in|is|of|on|or|the|to|with|o['’]|['’]?n['’])$)|^[^\p{L}]+$/u.test(
    word,
  );
}

const clauseStart = /[.!?…;]["”’)]?\s|\n|\uFFFC|,\s|\s(?:and|but|because|so|while|although|though)\s/gi;
const clauseEnd =
  /[.!?…;](?=\s|$)|\n|\uFFFC|,\s(?!(?:he|she|they|said|says|asked|my \w+ said|i said)\b)|\s(?=(?:and|but|because|so|while|although|though)\s)/i;
const reachOfClause = 200;

/** The clause around a quotation, with the words that say who is quoted. It does not begin before `least`. */
function clauseOf(text: string, { from, to }: Span, least: number): Span {
  const start = Math.max(least, from - reachOfClause);
  const before = text.slice(start, from).replace(/(?<![\s,:])[\s,:]+$/, "");
  const lastBreak = [...before.matchAll(clauseStart)].at(-1);
  // The break belongs to the clause, unless it ends a sentence.
  const keep = lastBreak === undefined ? 0 : lastBreak.index + (/[.!?…;]/.test(lastBreak[0]) ? 1 : 0);
  const after = text.slice(to, to + reachOfClause);
  // A quotation with a full stop inside ends its sentence, unless the sentence goes on in lower case.
  const hasEnded = /[.!?…]$/.test(text.slice(from, to - 1)) && /^\s*(?:[\p{Lu}\n]|$)/u.test(after);
  const end = hasEnded ? 0 : (clauseEnd.exec(after)?.index ?? after.length);
  return { from: start + keep, to: to + end };
}
