import { expect, test } from "vitest";
import { estimateTokens } from "./estimate-tokens.ts";

test.each([
  { text: "", tokens: 0 },
  { text: "The harbour opens at nine.", tokens: 6 },
  { text: "- self works at Acme (since 2026-01-15)", tokens: 16 },
  { text: "安娜春天搬到了里斯本", tokens: 9 },
])(
  "$text has at least the $tokens tokens of a common tokenizer, and at most twice as many",
  ({ text, tokens }) => {
    expect(estimateTokens(text)).toBeGreaterThanOrEqual(tokens);
    expect(estimateTokens(text)).toBeLessThanOrEqual(2 * tokens);
  },
);
