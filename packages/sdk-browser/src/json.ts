// What a page may rely on in an answer, checked by hand: core's schemas would bring 8 kB of zod.

/** The fields of an object. @throws TypeError for anything else, as all of these do */
export function fieldsOf(json: unknown): Readonly<Record<string, unknown>> {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return { ...json };
  throw new TypeError("an object was expected");
}

/** The values of an object, each as `read` reads it. */
export function recordOf<Value>(json: unknown, read: (json: unknown) => Value): Record<string, Value> {
  return Object.fromEntries(Object.entries(fieldsOf(json)).map(([key, value]) => [key, read(value)]));
}

/** The items of a list, each as `read` reads it. */
export function listOf<Item>(json: unknown, read: (json: unknown) => Item): Item[] {
  if (Array.isArray(json)) return json.map((item: unknown) => read(item));
  throw new TypeError("a list was expected");
}

/** A text. */
export function textOf(json: unknown): string {
  if (typeof json === "string") return json;
  throw new TypeError("a text was expected");
}

/** What a server may leave out. */
export function optionalOf<Value>(json: unknown, read: (json: unknown) => Value): Value | undefined {
  return json === undefined ? undefined : read(json);
}

/** True or false. */
export function flagOf(json: unknown): boolean {
  if (typeof json === "boolean") return json;
  throw new TypeError("true or false was expected");
}

/** A number, which `1e999` is not. */
export function numberOf(json: unknown): number {
  if (typeof json === "number" && Number.isFinite(json)) return json;
  throw new TypeError("a number was expected");
}

/** A whole number that is not negative. */
export function countOf(json: unknown): number {
  const count = numberOf(json);
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw new TypeError("a count was expected");
}

/** Exactly this word. */
export function wordOf<const Word extends string>(json: unknown, word: Word): Word {
  if (json === word) return word;
  throw new TypeError(`'${word}' was expected`);
}
