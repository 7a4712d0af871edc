import * as fc from "fast-check";
import { expect, test } from "vitest";
import { findRoundedInteger } from "./rounded-integer.ts";

const integers = fc.oneof(fc.bigInt(-(2n ** 80n), 2n ** 80n), fc.bigInt(-(2n ** 54n), 2n ** 54n));
const isRounded = (value: bigint) => BigInt(Number(value)) !== value;

test("finds the first integer that JavaScript would round, and only integers", () => {
  fc.assert(
    fc.property(fc.json(), fc.array(integers, { maxLength: 5 }), fc.json(), (before, values, after) => {
      const text = `{"a":[${[JSON.stringify(before), ...values, JSON.stringify(after)].join(", ")}]}`;
      expect(findRoundedInteger(text)).toBe(values.find(isRounded)?.toString());
    }),
  );
});

test("does not take digits in a text, a fraction or an exponent for an integer", () => {
  const long = "12345678901234567890";
  const texts = [`"${long}"`, `"\\"${long}"`, `"\\\\${long}"`, `0.${long}`, `${long}.5`, `${long}e3`];
  for (const text of texts) expect(findRoundedInteger(`[${text}]`)).toBeUndefined();
  expect(findRoundedInteger(`["\\\\", ${long}]`)).toBe(long);
});

test("takes linear time for a very long integer", () => {
  expect(findRoundedInteger("9".repeat(1_000_000))).toHaveLength(1_000_000);
});
