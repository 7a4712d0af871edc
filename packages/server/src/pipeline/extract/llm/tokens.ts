/**
 * How many tokens a text is for a model, roughly and rather too many: a token is about four letters of English, and
 * about a character where one takes three bytes.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 3);
}
