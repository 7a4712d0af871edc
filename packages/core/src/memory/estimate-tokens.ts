/**
 * How many tokens a text has at most, for the tokenizers of current models. Tokenizers differ and are large, so this
 * counts pieces of text instead. A test of `@memlane/mcp` compares it with a real one.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(pieces)) tokens += tokensOf(piece);
  return tokens;
}

// A word, a number, a run of spaces, or one other character.
const pieces = /[A-Z]?[a-z]+|[A-Z]+|\d+|\s+|[^]/gu;

/** One token per letter. The other scripts can take one token for each byte. */
const commonScripts =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

function tokensOf(piece: string): number {
  const code = piece.codePointAt(0)!;
  if (code < 0x80) {
    if (/[a-z]/.test(piece)) return Math.ceil(piece.length / 4);
    if (/[A-Z\d]/.test(piece)) return Math.ceil(piece.length / 2);
    return piece === " " ? 0 : 1; // a space belongs to the word after it
  }
  if (commonScripts.test(piece)) return 1;
  return code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
