import fc from "fast-check";
import { expect, test } from "vitest";
import { cosineOf, vectorOf } from "./vector.ts";

const embedding = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 32, maxLength: 32 })
  .filter((values) => values.some((value) => Math.abs(value) > 0.01));

const exactCosine = (one: readonly number[], other: readonly number[]) => {
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, at) => sum + value * b[at]!, 0);
  return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
};

test("the cosine of two vectors differs from that of their embeddings by less than 0.01, for any magnitude", () => {
  fc.assert(
    fc.property(
      embedding,
      embedding,
      fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      (one, other, factor) => {
        const cosine = cosineOf(vectorOf(one), vectorOf(other.map((value) => value * factor)));
        expect(cosine).toBeCloseTo(exactCosine(one, other), 1.7);
      },
    ),
  );
});

test.each([[[]], [[0, 0]], [[Number.NaN, 1]], [[Infinity]]])("%j has no direction", (values) => {
  expect(() => vectorOf(values)).toThrow(RangeError);
});

test("vectors of different models have the similarity 0", () => {
  expect(cosineOf(vectorOf([1, 0]), vectorOf([1, 0, 0]))).toBe(0);
});
