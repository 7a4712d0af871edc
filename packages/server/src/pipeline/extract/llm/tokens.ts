/**
 * Estimates the tokens of a text, a little high: three bytes for each. A token is about four letters of English, or one character
 * of three bytes.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 3);
}
