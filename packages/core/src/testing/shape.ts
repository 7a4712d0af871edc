import type { Json, JsonObject } from "../json.ts";

/**
 * Compares `actual` with the shape of `expected`, and returns one sentence for each difference.
 * Every field of `expected` must exist with a value of the same JSON type. Additional fields are
 * allowed. Each item of an array must have the shape of the first expected item.
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
