import { findRoundedInteger } from "@memlane/core/internal";

/**
 * Parses JSON. @throws SyntaxError if it is not JSON, or contains an integer that JavaScript would round
 */
export function parseExactly(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const rounded = findRoundedInteger(text);
  if (rounded === undefined) return value;
  throw new SyntaxError(`the integer ${rounded.slice(0, 40)} would be rounded: write it as a string`);
}
