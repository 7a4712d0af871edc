// What a page may rely on in an answer, checked by hand: core's schemas would bring 5 kB of zod. All of these throw a
// TypeError for anything else.

/** The fields of an object. */
export function fieldsOf(json: unknown): Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null && !Array.isArray(json)
    ? { ...json }
    : refuse("an object");
}

/** The values of an object, each as `read` reads it. */
export function recordOf<Value>(json: unknown, read: (json: unknown) => Value): Record<string, Value> {
  return Object.fromEntries(Object.entries(fieldsOf(json)).map(([key, value]) => [key, read(value)]));
}

/** The items of a list, each as `read` reads it. */
export function listOf<Item>(json: unknown, read: (json: unknown) => Item): Item[] {
  return Array.isArray(json) ? json.map((item: unknown) => read(item)) : refuse("a list");
}

/** A text. */
export function textOf(json: unknown): string {
  return typeof json === "string" ? json : refuse("a text");
}

/** What a server may leave out. */
export function optionalOf<Value>(json: unknown, read: (json: unknown) => Value): Value | undefined {
  return json === undefined ? undefined : read(json);
}

/** True or false. */
export function flagOf(json: unknown): boolean {
  return typeof json === "boolean" ? json : refuse("true or false");
}

/** A number, which `1e999` is not. */
export function numberOf(json: unknown): number {
  return typeof json === "number" && Number.isFinite(json) ? json : refuse("a number");
}

/** A whole number that is not negative. */
export function countOf(json: unknown): number {
  return Number.isSafeInteger(json) && Number(json) >= 0 ? Number(json) : refuse("a count");
}

/** Exactly this word. */
export function wordOf<const Word extends string>(json: unknown, word: Word): Word {
  return json === word ? word : refuse(word);
}

function refuse(expected: string): never {
  throw new TypeError(`${expected} was expected`);
}
