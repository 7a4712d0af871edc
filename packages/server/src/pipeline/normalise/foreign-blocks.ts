// Removes blocks of a message that are not its writer's words: code, marked documents, mail, transcripts, logs, data.
import { isMachineName } from "./machine-names.ts";
import { endOfParagraph, endOfText, foreignMark } from "./foreign-mark.ts";
import { endOfData, isTableLine } from "./pasted-data.ts";
import { chatLinesOf } from "./transcripts.ts";

/** Replaces each block with a mark. */
export function removeBlocks(text: string): string {
  return removeLines(removeElements(removeFenced(text)));
}

const fence = /`{3,}|~{3,}|"{3,}|'{3,}|«{3,}|<{3,}|>{3,}/g;
/** The end of a fence of angle brackets is its mirror image. */
const mirrored: Readonly<Record<string, string>> = { "<": ">", "«": "»" };

/**
 * Removes text between fences such as ```` ``` ```` or `"""`, also within a line. A code fence without an end reaches to the end
 * of the message.
 */
function removeFenced(text: string): string {
  let kept = "";
  let from = 0;
  let open: { readonly at: number; readonly mark: string } | undefined;
  for (const { 0: mark, index } of text.matchAll(fence)) {
    if (open === undefined) {
      const isNested = mark.startsWith(">"); // a mail quoted three times
      if (!isNested) open = { at: index, mark };
      continue;
    }
    const closer = mirrored[open.mark[0]!] ?? open.mark[0]!;
    if (mark[0] !== closer || mark.length < open.mark.length) continue;
    kept += text.slice(from, open.at) + foreignMark;
    from = index + mark.length;
    open = undefined;
  }
  if (open !== undefined && /^[`~]/.test(open.mark)) return kept + text.slice(from, open.at) + foreignMark;
  return kept + text.slice(from);
}

const tag = /<(\/?)([a-z][\w:.-]{0,40})(?:\s[^<>\n]{0,200})?>|\[(\/?)(INST|SYS|QUOTE|CODE)[^\]\n]{0,60}\]/gi;
/** Elements that only format the writer's own words. */
const formatting =
  /^(?:[abipsu]|em|strong|br|hr|div|span|font|mark|small|big|del|ins|sub|sup|[uo]l|li|h[1-6]|html|body|main|section)$/;

/** Removes elements such as `<document>…</document>` and `[quote]…[/quote]`. */
function removeElements(text: string): string {
  const tags = [...text.matchAll(tag)].map((found) => ({
    name: (found[2] ?? found[4] ?? "").toLowerCase(),
    isEnd: (found[1] ?? found[3]) === "/",
    from: found.index,
    to: found.index + found[0].length,
  }));
  const lastEnds = new Map<string, number>();
  for (const [index, { name, isEnd }] of tags.entries()) if (isEnd) lastEnds.set(name, index);
  let kept = "";
  let from = 0;
  for (let index = 0; index < tags.length; index += 1) {
    const { name, isEnd, from: start } = tags[index]!;
    if (isEnd || formatting.test(name) || (lastEnds.get(name) ?? -1) < index) continue;
    let depth = 1;
    while (depth > 0 && index < lastEnds.get(name)!) {
      index += 1;
      if (tags[index]!.name === name) depth += tags[index]!.isEnd ? -1 : 1;
    }
    kept += text.slice(from, start) + foreignMark;
    from = tags[index]!.to;
  }
  return kept + text.slice(from);
}

const quotedLine =
  /^\s*(?:(?:>|&gt;)(?![:;=]['-]?[()DPp]|[._]<)|[›»|]\s(?!.*\|)|[—–]\s.{1,300}\b(?:said|asked|replied|answered)\b)/;
const wrote =
  /\b(?:wrote|writes|schrieb|écrit|escribió|escribio|scritto|schreef|escreveu|skrev|napisał\(?a?\)?)\b[^\n:]{0,80}:\s*$/i;
const attribution = /^\s*(?:On|Am|Le|El|Il|Op|Em|Den|W dniu|Dnia)\s.{3,200}$/;
const forwarded =
  /^\s*(?:[-_=*]{2,}\s?(?:original|forwarded|ursprüngliche|weitergeleitete|message|begin|start)\b|begin forwarded message|forwarded (?:message|by)\b|fwd?:\s)/i;
const mailHeader =
  /^\s*\*{0,2}(?:from|to|sent|date|subject|cc|bcc|reply-to|von|an|gesendet|betreff|de|à|objet)\*{0,2}:\*{0,2}\s/i;
const sentFrom = /^\s*(?:sent from my|get outlook for|sent via)\b/i;
const dear = /^\s*(?:dear|to whom it may concern)\b/i;
const signOff =
  /^\s*(?:yours?(?: (?:sincerely|faithfully|truly))?|(?:most )?(?:sincerely|respectfully|faithfully)(?: yours)?|(?:(?:best|kind|warm|warmest|kindest|with (?:best|kind)) )?(?:regards|wishes)|best|cheers|love|take care|all the best|mit freundlichen grüßen)[,.!]?\s*(?:\p{Lu}[\p{L}. ]{0,30})?$/iu;
const song = /^\s*(?:[[(](?:verse|chorus|intro|outro|bridge|pre-chorus|hook|refrain)\b[^\])\n]{0,30}[\])])/iu;
const note = /^\s*(?:♪|♫|🎵|🎶)/u;
const opening = /^\s*["“]?(?:once upon a time|chapter (?:\d+|one)\b|it was a dark and stormy)/i;
const code =
  /^\s*(?:\/\/|\/\*|\*\/|<!--|#!|# |#include\b|>>>\s|\.\.\.\s|(?:const|let|var) \w+ ?=|import .*["';]|from \S+ import |def \w+\(.*:|class \w.*[:{]\s*$|function \w*\(|(?:public|private|static) .*[({]|if \(.*\{|return .*;\s*$|(?:SELECT|INSERT INTO|UPDATE|DELETE FROM) .*(?:FROM|VALUES|SET|WHERE)\b|at \S+ \(|Traceback \(|File "|\w+ = ["'[{(])/;
/** The parenthesis of ":(" ends no line of code. */
const codeEnd = /(?<![:;=][-']?)[{(]\s*$|\)\s*;\s*$|^\s*[\])}]+[,;]?\s*$/;
const indented = /^(?: {4}|\t)\s*\S/;
const difference = /^(?:\$ \w|diff --git |@@ |--- a\/|\+\+\+ b\/|Index: )/;
const lastRegards = /^\s*(?:yours?\b.{0,20}|.{0,12}\bsincerely|.{0,12}\bregards),\s*$/i;
const system =
  /^\s*(?:you are (?:an? |the )?(?:\w+[ -]){0,4}?(?:assistant|chatbot|bot|ai|agent|model|expert)\b(?![^.]{0,200}\?)|(?:#+ ?)?(?:system|system prompt|instructions?):)/i;

function removeLines(text: string): string {
  const lines = text.split("\n");
  const chat = chatLinesOf(lines);
  const signOffs = lines.flatMap((line, at) => (signOff.test(line) ? [at] : []));
  let passed = 0; // sign-offs before the current line
  const kept: string[] = [];
  const isStart = (at: number) =>
    lines.slice(Math.max(0, at - 1), at).every((line) => line.trim() === "" || line === foreignMark);

  /** The line after the block that begins at this line; the line itself if none begins. */
  const endOfBlock = (at: number): number => {
    const line = lines[at]!;
    if (line.trim() === "") return at;
    const next = lines[at + 1] ?? "";
    if (mailHeader.test(line) && (mailHeader.test(next) || mailHeader.test(lines[at + 2] ?? "")))
      return endOfText(lines, at, "mail");
    if (chat.has(at) || note.test(line) || quotedLine.test(line) || isTableLine(line) || sentFrom.test(line))
      return at + 1;
    if (forwarded.test(line)) return endOfText(lines, at, "mail");
    if (attribution.test(line) && (wrote.test(line) || wrote.test(next))) {
      let quoted = at + (wrote.test(line) ? 1 : 2);
      while (lines[quoted]?.trim() === "") quoted += 1;
      return quotedLine.test(lines[quoted] ?? "") || lines[quoted] === foreignMark
        ? quoted
        : endOfText(lines, quoted, "mail");
    }
    if (/^--\s?$/.test(line) && lines.length - at <= 12) return endOfParagraph(lines, at);
    if (
      dear.test(line) &&
      !isMachineName(
        line
          .replace(/^\s*\w+/, "")
          .slice(0, 40)
          .split(",")[0]!,
      )
    ) {
      while (signOffs[passed]! <= at) passed += 1;
      if (passed < signOffs.length) return endOfParagraph(lines, signOffs[passed]!);
    }
    if (song.test(line) || difference.test(line) || (lastRegards.test(line) && lines.length - at <= 8))
      return endOfParagraph(lines, at);
    if (opening.test(line)) return endOfText(lines, at, "text");
    if (system.test(line)) return endOfParagraph(lines, at);
    if (indented.test(line) && at > 0 && isStart(at)) {
      let end = at;
      while (end < lines.length && (indented.test(lines[end]!) || lines[end]!.trim() === "")) end += 1;
      return end;
    }
    return code.test(line) || codeEnd.test(line) ? at + 1 : endOfData(lines, at);
  };

  for (let at = 0; at < lines.length;) {
    const end = endOfBlock(at);
    kept.push(end === at ? lines[at]! : foreignMark);
    at = Math.max(end, at + 1);
  }
  return kept.join("\n");
}
