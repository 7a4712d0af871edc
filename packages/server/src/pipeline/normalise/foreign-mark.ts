/** Stands for a removed part of a message until all parts are found: Unicode's object replacement character. */
export const foreignMark = "\uFFFC";

const turnsToReader =
  /^\s*(?:by the way|btw|for (?:context|the record|reference|your information)|fyi|about me|as for me|personally|in my case|my (?:own )?question|context:|note:|end of\b)/i;
const asks =
  /^\s*(?:p\.? ?s\b|also\b|thanks|thank you|please\b|(?:can|could|would|will) you\b|what (?:should|do|would|can)\b|how (?:should|do|would|can)\b|should i\b|that(?:'s| is| was) (?:it|all|what|the)\b|any(?:way| ideas?)\b|ok(?:ay)?\b|now\b|me[,:?]|i (?:wrote|got|received|found) (?:this|that|it)\b)/i;
const divider = /^\s*(?:[-*_=~#+](?:\s?[-*_=~#+]){2,}\s*$|[-*_=~#+]{2,} ?end\b)/i;

/**
 * The line after a pasted text that begins at line `from`. The text ends with a divider, or before a paragraph that speaks to
 * the reader ("By the way, …"). A paragraph such as "Please …" is common inside a mail, so it ends only other texts.
 */
export function endOfText(lines: readonly string[], from: number, kind: "mail" | "text"): number {
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at]!;
    if (at > from && divider.test(line)) return at + 1;
    if (at === from || lines[at - 1]!.trim() !== "") continue;
    if (turnsToReader.test(line) || (kind === "text" && asks.test(line))) return at;
  }
  return lines.length;
}

/** The line after the paragraph that begins at line `from`. */
export function endOfParagraph(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && lines[at]!.trim() !== "") at += 1;
  return at;
}
