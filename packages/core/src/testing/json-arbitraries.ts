import * as fc from "fast-check";
import { isStorable } from "../dialect/storable.ts";
import type { Json } from "../json.ts";

/** Any JSON value as a reader gets it. Printed once, because JSON prints -0 as 0. */
export const jsonArbitrary: fc.Arbitrary<Json> = fc.json().map((text) => JSON.parse(text) as Json);

/** Any JSON value that can be stored. */
export const storableJsonArbitrary: fc.Arbitrary<Json> = jsonArbitrary.filter((json) => isStorable(json));

/** Values that break a reader without type checks. JSON can contain Infinity as 1e999. */
const awkwardArbitrary: fc.Arbitrary<Json> = fc.oneof(
  jsonArbitrary,
  fc.constantFrom<Json>(null, "", 0, -1, 1.5, Infinity, true, [], {}, "0", "null", "pending", "failed"),
);

interface Mutation {
  /** Numbers that choose the path at each level. */
  readonly way: readonly number[];
  readonly how: "replace" | "remove" | "add";
  readonly key: string;
  readonly value: Json;
}

const mutationArbitrary: fc.Arbitrary<Mutation> = fc.record({
  way: fc.array(fc.nat(), { minLength: 1, maxLength: 5 }),
  how: fc.constantFrom("replace", "remove", "add"),
  key: fc.string(),
  value: awkwardArbitrary,
});

/** A JSON value that differs from a valid one in a few places: a part is replaced, removed or added. */
export function mutatedJsonArbitrary(valid: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc
    .tuple(valid, fc.array(mutationArbitrary, { minLength: 1, maxLength: 3 }))
    .map(([json, mutations]) => mutations.reduce(mutate, json));
}

function mutate(json: Json, mutation: Mutation): Json {
  if (typeof json !== "object" || json === null) return mutation.value;
  const { way, how, key, value } = mutation;
  const [turn = 0, ...further] = way;
  const entries = Object.entries<Json>(json);
  const place = turn % Math.max(1, entries.length);
  const chosen = entries[place];
  if (chosen !== undefined && further.length > 0 && typeof chosen[1] === "object") {
    chosen[1] = mutate(chosen[1], { ...mutation, way: further });
  } else if (how === "add" || chosen === undefined) {
    entries.push([key, value]);
  } else if (how === "remove") {
    entries.splice(place, 1);
  } else {
    chosen[1] = value;
  }
  return Array.isArray(json) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}
