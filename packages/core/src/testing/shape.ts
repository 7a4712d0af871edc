import type { Json, JsonObject } from "../json.ts";

/**
 * Where `actual` lacks the shape of `expected`, one sentence for each place; empty when it has it. It has it
 * when every field of `expected` is there with a value of the same JSON type. More fields are welcome. Each
 * item of an array has the shape of the first item of the expected one.
 */
export function shapeProblems(expected: Json, actual: unknown, place = "$"): string[] {
  const expectedType = typeOf(expected);
  const actualType = typeOf(actual);
  if (expectedType !== actualType) return [`${place} is ${actualType}, not ${expectedType}`];
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const [item] = expected as readonly Json[];
    return item === undefined
      ? []
      : actual.flatMap((value: unknown, index) => shapeProblems(item, value, `${place}[${index}]`));
  }
  if (!isObject(expected) || !isObject(actual)) return [];
  return Object.entries(expected).flatMap(([key, value]) =>
    Object.hasOwn(actual, key)
      ? shapeProblems(value, actual[key], `${place}.${key}`)
      : [`${place}.${key} is missing`],
  );
}

function typeOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

function isObject(value: unknown): value is JsonObject {
  return typeOf(value) === "object";
}
