import * as fc from "fast-check";
import { countTokens } from "gpt-tokenizer";
import { expect, test } from "vitest";
import { estimateTokens } from "./estimate-tokens.ts";
import { clip } from "./fit-answer.ts";

const texts = {
  English:
    "Ann moved to Lisbon in March 2026, because she wanted to work as a marine biologist near the ocean.",
  German: "Die Donaudampfschifffahrtsgesellschaft hat Änne am 3. Mai um 14:30 Uhr eine Kündigung geschickt.",
  Russian: "Анна переехала в Лиссабон весной и работает морским биологом.",
  Arabic: "انتقلت آنا إلى لشبونة في الربيع وتعمل عالمة أحياء بحرية.",
  Chinese: "安娜春天搬到了里斯本，现在是一名海洋生物学家，对坚果过敏。",
  Japanese: "アンナは春にリスボンへ引っ越し、海洋生物学者として働いています。",
  Hindi: "अन्ना वसंत में लिस्बन चली गईं और समुद्री जीवविज्ञानी के रूप में काम करती हैं।",
  Thai: "แอนนาย้ายไปลิสบอนในฤดูใบไม้ผลิและทำงานเป็นนักชีววิทยาทางทะเล",
  emoji: "👩‍🔬🌊🇵🇹 I ❤️ it 🦑🦀🐙 !!! ¯\\_(ツ)_/¯",
  code: "const f = (x: number): string => `${x ** 2}px`; // eslint-disable-line\nexport default f;",
  ids: "01a23369-76a1-70f8-a9c4-1a68dac53174 job_01a2336975ef7048a08e23a178c796b7",
  JSON: '{"id":"mem_01a2336975ef7048a08e23a178c796b7","date":"2026-03-01T10:00:00.000Z","n":[1,2.5e-3,null]}',
};

test.each(Object.entries(texts))(
  "%s never has more tokens than estimated, and half as many at least",
  (_, text) => {
    const long = Array.from({ length: 20 }, () => text).join(" ");
    const tokens = countTokens(long);
    expect(estimateTokens(long)).toBeGreaterThanOrEqual(tokens);
    if (/^[\x20-\x7e]*$/.test(text)) expect(estimateTokens(long)).toBeLessThanOrEqual(tokens * 2);
  },
);

test("for all texts, a clipped one is estimated at no more than its bound, and is a prefix", () => {
  fc.assert(
    fc.property(
      fc.fullUnicodeString({ maxLength: 300 }),
      fc.integer({ min: 1, max: 60 }),
      (text, mostTokens) => {
        const clipped = clip(text, mostTokens);
        const line = text.replaceAll(/\s+/g, " ").trim();
        if (clipped === line) return;
        expect(clipped.endsWith("…")).toBe(true);
        expect(line.startsWith(clipped.slice(0, -1))).toBe(true);
        expect(estimateTokens(clipped.slice(0, -1))).toBeLessThanOrEqual(mostTokens + 1);
      },
    ),
  );
});
