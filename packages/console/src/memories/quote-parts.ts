/** A part of a message. */
interface QuotePart {
  readonly text: string;
  /** Whether the server added this part: the date of the words before it. */
  readonly isDate: boolean;
}

/**
 * Splits the text of a message, such as `ann, 8 May 2023: I ran yesterday (7 May 2023).`, into the words that were sent
 * (together they are `quote`) and the dates that the server added. If they do not match, because the text is cut, returns `quote` as
 * one part.
 */
export function quoteParts(text: string, quote: string): readonly QuotePart[] {
  // The name of a speaker may contain a colon.
  for (const { index } of text.matchAll(/: /g)) {
    const parts = withDates(text.slice(index + 2), quote);
    if (parts !== undefined) return parts;
  }
  return [{ text: quote, isDate: false }];
}

function withDates(dated: string, quote: string): readonly QuotePart[] | undefined {
  const parts: QuotePart[] = [];
  let from = 0;
  let quoteAt = 0;
  for (const { 0: brackets, 1: date = "", index } of dated.matchAll(/ \(([^()]+)\)/g)) {
    const words = dated.slice(from, index);
    if (!quote.startsWith(words, quoteAt)) return undefined;
    if (quote.startsWith(words + brackets, quoteAt)) continue; // the speaker's own brackets
    parts.push({ text: words, isDate: false }, { text: date, isDate: true });
    from = index + brackets.length;
    quoteAt += words.length;
  }
  const rest = dated.slice(from);
  return rest === quote.slice(quoteAt) ? [...parts, { text: rest, isDate: false }] : undefined;
}
