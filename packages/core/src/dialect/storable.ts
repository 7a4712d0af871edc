import * as z from "zod/mini";

/** How deep arrays and objects may nest in stored values. */
export const maximumDepth = 64;

const unstorable = /[\0\p{Surrogate}]/u;

/**
 * Whether a JSON value can be stored. UTF-8 cannot encode lone surrogates, PostgreSQL cannot store NUL, and
 * JSON cannot express infinity, although `1e999` parses to infinity. Printing a value with too many levels
 * would overflow the stack.
 */
export function isStorable(value: unknown, depth = maximumDepth): boolean {
  if (typeof value === "string") return !unstorable.test(value);
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return depth > 0 && value.every((item) => isStorable(item, depth - 1));
  if (!isObject(value)) return true;
  // `Object.entries` takes four times as long for an object with many keys.
  return depth > 0 && Object.keys(value).every((key) => isStorable(key) && isStorable(value[key], depth - 1));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** A value in which U+FFFD replaces the characters that cannot be stored, and the number of these characters. */
export interface Replaced<Value> {
  readonly value: Value;
  readonly replaced: number;
}

/** Replaces each NUL and each lone surrogate of a text. */
export function replaceUnstorable(text: string): Replaced<string> {
  if (isStorable(text)) return { value: text, replaced: 0 };
  let replaced = 0;
  const value = text.replaceAll(/[\0\p{Surrogate}]/gu, () => {
    replaced += 1;
    return "\u{fffd}";
  });
  return { value, replaced };
}

/**
 * Replaces each NUL and each lone surrogate in every text and key of a JSON value. Returns the value itself if there are
 * none. The value must not nest too deep for recursion.
 */
export function replaceUnstorableIn(json: unknown): Replaced<unknown> {
  return isStorable(json, Infinity) ? { value: json, replaced: 0 } : rebuild(json);
}

function rebuild(json: unknown): Replaced<unknown> {
  if (typeof json === "string") return replaceUnstorable(json);
  if (typeof json !== "object" || json === null) return { value: json, replaced: 0 };
  let replaced = 0;
  const clean = (value: unknown) => {
    const each = rebuild(value);
    replaced += each.replaced;
    return each.value;
  };
  const value = Array.isArray(json)
    ? json.map(clean)
    : Object.fromEntries(Object.entries(json).map(([key, item]) => [clean(key), clean(item)]));
  return { value, replaced };
}

/** A text of any length that can be stored. */
export const storableText = z
  .string()
  .check(z.refine((text) => isStorable(text), { error: "must contain neither NUL nor a lone surrogate" }));

/** A JSON object that can be stored. */
export const storableObject = z.record(z.string(), z.unknown()).check(
  z.refine((object) => isStorable(object), {
    error: `must not contain NUL, a lone surrogate or a number out of range, and must nest at most ${maximumDepth} levels deep`,
    abort: true, // the later checks would overflow the stack on an object that nests too deep
  }),
);
