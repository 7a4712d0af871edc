// Removes texts on which the writer asks for work ("Improve this letter: …"), and imagined situations.
import { wordSet } from "../word-lists.ts";
import { endOfParagraph, endOfText, foreignMark } from "./foreign-mark.ts";

/** Words before the verb of a request. */
const polite = wordSet(`
  please kindly now then ok okay hey hi hello so and but can could would will you i i'd want need like to help me let's let us just
  also first next try go ahead quick quickly again great thanks well us we should your task is be a the job for do
`);
/** Verbs for work that is done only on texts. */
const textVerbs = wordSet(`
  translate summarise summarize summary rewrite reword rephrase paraphrase proofread transcribe classify categorize categorise spell
  repeat say sing recite quote echo continue complete finish pronounce autocomplete retype punctuate transliterate anonymize redact
  roleplay role-play pretend imagine typeset convert speak
`);
/** Verbs for work on a text if the request names the text or points at it: "fix this". */
const editingVerbs = wordSet(`
  correct fix improve edit polish shorten expand simplify check format extract label rate evaluate grade critique criticize parse
  read use detect identify count turn adapt annotate score judge tag process debug fill make change
`);
/** Verbs for work on a text only if the request names the text: "explain this poem", but not "explain this: I have …". */
const otherVerbs = wordSet(`
  answer reply respond explain analyse analyze review write draft compose create generate tell find feedback comment look assess
  interpret describe guess determine what whats who how give where which consider compare
`);
const textNouns = wordSet(`
  text texts letter letters email e-mail emails mail essay essays paragraph paragraphs sentence sentences message messages draft drafts
  article articles poem poems lyrics lyric song songs story stories tale speech transcript transcripts conversation dialogue dialog chat
  resume resumé résumé cv post tweet tweets caption bio biography statement abstract review reviews comment quote quotes quotation
  excerpt passage following below phrase phrases grammar spelling tone sentiment verse script scene monologue joke prompt document
  documents note input example examples original version snippet summary translation testimonial headline memo report press-release
  introduction toast vow vows eulogy line lines words persona personas character characters scenario template blanks code
`);
/** Verbs that introduce another person's words. */
const reporting = wordSet(`
  said says say saying wrote writes write written writing asked asks ask replied replies reply answered answers texted texts told tell tells
  goes go reads read states stated sang sings shouted whispered screamed exclaimed claims claimed thought posted tweeted quote quotes quoted
  begins starts begin start ends end follows following below with
`);
/** Beginnings of imagined text: `imagined` up to the end of the paragraph, `supposed` up to the end of the sentence. */
const imagined =
  /^(?:pretend|imagine|(?:do )?(?:an? |some )?role[- ]?play|you(?:'re| are) (?:the|my|an?) [\w ]{1,40},? and i(?:'m| am)|for (?:this|the) (?:game|story|exercise|scenario|role[- ]?play)|act (?:as|like)|you are now|from now on,? you are|play the (?:role|part)|play a game|simulate|you play|in (?:this|the|my) (?:scenario|game|story|exercise|role|world|play|simulation|novel|dream|book|poem)(?=,| (?:i|we|you|he|she|the|there)\b))\b/i;
const supposed =
  /^(?:suppose|supposing|what if|say that|assume|assuming|hypothetically|let'?s say|if i (?:were|was)|translate|paraphrase|rephrase|reword|how (?:do|would|can|should|to) (?:you |i |we |one )?(?:say|spell|pronounce|translate)|what does .{1,80} mean\b|what is meant by|repeat after me|i (?:dreamed|dreamt) that|as if i)\b/i;
const creative =
  /^(?:write|compose|tell|create|generate|draft|make up|come up|invent|give me|continue|sing)\b/i;
/** Words after which a creative request says what the text should contain. */
const connector =
  /\b(?:that|where|in which|when|saying|says?|starting|starts?|beginning|begins?|ending|with the (?:words|line|sentence)|from the (?:perspective|point of view)|as if|whose|because|titled|entitled|called)\b/i;
/** A request for a text that is on the next lines. */
const introduces =
  /^(?:here(?:'s| is| are| comes?)|this is|these are|below is|see|attached|i (?:wrote|got|received|found|have written))\b/i;

/** Whether the words before a colon announce a text after it. */
function announcesText(head: string): boolean {
  const words = wordsOf(head);
  const last = words.at(-1);
  if (last === undefined) return false;
  if (reporting.has(last)) return true;
  if (/\b(?:told|asked|texted|wrote) (?:me|us|him|her|them|you|\w+)$/i.test(head)) return true;
  const at = words.findIndex((word) => !polite.has(word));
  const verb = words[at] ?? "";
  if (textVerbs.has(verb)) return true;
  const isNamed = words.some((word, index) => index !== at && textNouns.has(word));
  if (editingVerbs.has(verb)) return isNamed || /\b(?:this|these)\b/i.test(head);
  if (otherVerbs.has(verb)) return isNamed;
  const isOwn =
    /\b(?:about (?:me|myself|us)|my (?:own )?(?:story|situation|background|life)|remember|note|save|store|keep|know)\b/i;
  return words.some((word) => textNouns.has(word)) && !isOwn.test(head);
}

/** Whether a line asks for work on a text that is below, although it has no colon. */
function asksForWork(line: string): boolean {
  const sentence = line.trim();
  if (sentence.length > 200) return false;
  const words = wordsOf(sentence);
  const at = words.findIndex((word) => !polite.has(word));
  const verb = words[at] ?? "";
  if (!words.some((word, index) => index !== at && (textNouns.has(word) || word === "this"))) return false;
  if (/\b(?:these|following) (?:sentences|phrases|options|texts|versions)\b/i.test(sentence)) return true;
  // "Cover letter draft below, is it too stiff?"
  if (words.includes("below") && words.some((word) => word !== "below" && textNouns.has(word))) return true;
  if (introduces.test(sentence))
    return !/\bmy (?:own )?(?:story|situation|background)\b|\babout me\b/i.test(sentence);
  return (
    textVerbs.has(verb) ||
    editingVerbs.has(verb) ||
    /^(?:explain|analy[sz]e|review|assess|interpret|describe|compare)$/.test(verb)
  );
}

function wordsOf(text: string): readonly string[] {
  return (
    text
      .toLowerCase()
      .replaceAll("’", "'")
      .match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'-]*/gu) ?? []
  );
}

/** Removes `please`, `can you` and the like from the beginning of a sentence. */
function withoutPoliteness(sentence: string): string {
  let rest = sentence.trimStart();
  for (let count = 0; count < 6; count += 1) {
    const shorter = rest.replace(
      /^(?:please|kindly|now|then|ok(?:ay)?|hey|hi|so|and|but|just|also|first|next|let'?s|let us|(?:can|could|would|will) you|i(?:'d| would)? (?:want|need|like) you to|help me|try to|your task is to)\b[\s,]*/i,
      "",
    );
    if (shorter === rest) break;
    rest = shorter;
  }
  return rest;
}

/** The sentence after one of these phrases is a sample: "What is wrong with this sentence? I goes home." */
const showsSample =
  /\b(?:this|following|my|in|the) (?:sentence|phrase|grammar|wording|line|german|english|french|spanish|italian|dutch|portuguese|russian|polish|swedish|norwegian|danish|turkish|japanese|chinese|korean|arabic|hindi|greek|czech|finnish)(?: (?:is|sound|okay|ok|correct|right|please|for me|mean)\b.{0,30})?$|\bwh(?:at|ich) (?:song|movie|film|book|poem|quote|lyrics?) (?:is|was|are|has|goes)\b/i;
/** Where the last clause of a sentence begins: "and my boss said". */
const clauseBreak = /,|;|\s(?:and|but|because|so)\s/gi;

/** How many characters before a colon, and of a sentence, are examined. */
const reach = 200;

/** Replaces each pasted or imagined text with a mark. */
export function removePastedTexts(text: string): string {
  const lines = text.split("\n");
  const kept: string[] = [];
  for (let at = 0; at < lines.length;) {
    const { own, next } = readLine(lines, at);
    kept.push(own);
    at = next;
  }
  return kept.join("\n");
}

/** The writer's own words in a line, and the line with which to continue. */
function readLine(lines: readonly string[], at: number): { readonly own: string; readonly next: number } {
  const line = lines[at]!;
  let own = "";
  let from = 0; // the beginning of the current sentence
  let isSample = false;
  for (const { 0: mark, index } of line.matchAll(/[.!?…](?=["”’')\]]?\s)|:(?=\s|$|["“„«'‘])|$/g)) {
    if (index < from) continue; // within a quotation that was removed
    const sentence = line.slice(from, index);
    const start = withoutPoliteness(sentence.slice(0, reach));
    if (imagined.test(start)) return { own: own + foreignMark, next: endOfParagraph(lines, at) };
    if (mark === ":" && announcesText(sentence.slice(-reach))) {
      const rest = line.slice(index + 1);
      const before = own + withoutReport(sentence);
      if (rest.trim() === "") return { own: `${before}.\n${foreignMark}`, next: endOfNext(lines, at + 1) };
      const quoted = /^\s*(["“„«'‘*_`\uFFFC])/.exec(rest);
      const end = quoted === null ? -1 : endOfQuotation(rest, quoted[0].length, quoted[1]!);
      const last = quoted === null || end !== -1 ? -1 : lineWithEnd(lines, at + 1, quoted[1]!);
      if (last !== -1) return { own: `${before}.\n${foreignMark}`, next: last + 1 };
      if (end === -1) {
        const isLetter = /^\s*(?:dear|hi|hello|hey|to whom)\b/i.test(rest);
        return {
          own: `${before}.\n${foreignMark}`,
          next: isLetter ? endOfText(lines, at, "text") : endOfParagraph(lines, at),
        };
      }
      own = `${before}.\n${foreignMark}\n`;
      from = index + 1 + end;
      continue;
    }
    if (mark === ":") continue;
    if (supposed.test(start) || isSample) own += foreignMark;
    else if (creative.test(start)) {
      const cut = connector.exec(sentence)?.index ?? sentence.length;
      own += cut === sentence.length ? sentence + mark : `${sentence.slice(0, cut)}${foreignMark}`;
    } else own += sentence + mark;
    isSample =
      mark !== "" &&
      !/["“”«„]/.test(sentence) &&
      !supposed.test(start) &&
      showsSample.test(sentence.slice(-reach));
    from = index + mark.length;
  }
  if (asksForWork(line) && lines.length > at + 1 && hasTextBelow(lines, at + 1)) {
    return { own: `${own}\n${foreignMark}`, next: endOfNext(lines, at + 1) };
  }
  return { own, next: at + 1 };
}

/** The line after the text that begins on the next line that is not empty. */
function endOfNext(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && lines[at]!.trim() === "") at += 1;
  if (lines[at]?.trim() === foreignMark) {
    while (lines[at]?.trim() === foreignMark) at += 1;
    return at;
  }
  return at === lines.length ? at : endOfText(lines, at, "text");
}

function hasTextBelow(lines: readonly string[], from: number): boolean {
  let at = from;
  while (at < lines.length && lines[at]!.trim() === "") at += 1;
  return at < lines.length && lines[at]!.trim() !== foreignMark;
}

/** Removes the clause that introduces another person's words, such as "and my boss said". */
function withoutReport(sentence: string): string {
  const end = sentence.slice(-reach);
  if (!reporting.has(wordsOf(end).at(-1)!)) return sentence;
  const clause = [...end.matchAll(clauseBreak)].at(-1)?.index ?? 0;
  return sentence.slice(0, -reach) + end.slice(0, clause);
}

/** The line in which a quotation of several lines ends; -1 if it does not end within 40 lines. */
function lineWithEnd(lines: readonly string[], from: number, open: string): number {
  const closing = closers[open] ?? open;
  const ahead = lines
    .slice(from, from + 40)
    .findIndex((line) => Array.from(closing).some((mark) => line.includes(mark)));
  return ahead === -1 ? -1 : from + ahead;
}

const closers: Readonly<Record<string, string>> = { "“": "”", "„": "“”", "«": "»", "‘": "’" };

/** The position after the closing mark, or -1. */
function endOfQuotation(text: string, from: number, open: string): number {
  if (open === foreignMark) return from;
  const closing = closers[open] ?? open;
  for (let at = from; at < text.length; at += 1) {
    if (closing.includes(text[at]!) && !/[\p{L}\p{N}]/u.test(text[at + 1] ?? "")) return at + 1;
  }
  return -1;
}
