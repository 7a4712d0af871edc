// Readers of JSON, written by hand because core's schemas would add 5 kB of zod to a page. A reader throws a
// TypeError for anything that it does not expect.

/** Reads a value of unknown type. @throws TypeError if it is not what the reader expects */
export type Read<Value> = (json: unknown) => Value;

/** An object with these fields; other fields are dropped. A field without a reader does not compile. */
export function objectOf<Fields extends object>(readers: {
  readonly [Name in keyof Fields]-?: Read<Fields[Name]>;
}): Read<Fields> {
  return (json) => {
    const fields = fieldsOf(json);
    // Each reader returns the type of its field.
    return mapFields<Read<unknown>, unknown>(readers, (read, name) => read(fields[name])) as Fields;
  };
}

/** An object with any fields, each as `read` reads it. */
export function recordOf<Value>(read: Read<Value>): Read<Record<string, Value>> {
  return (json) => mapFields(fieldsOf(json), read);
}

function mapFields<From, To>(fields: Readonly<Record<string, From>>, map: (field: From, name: string) => To) {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, map(field, name)]));
}

/** A list, each item as `read` reads it. */
export function listOf<Item>(read: Read<Item>): Read<Item[]> {
  return (json) => (Array.isArray(json) ? json.map((item: unknown) => read(item)) : refuse("a list"));
}

/** A field that a server may leave out. */
export function optional<Value>(read: Read<Value>): Read<Value | undefined> {
  return (json) => (json === undefined ? undefined : read(json));
}

/** A field that a server may leave out if it has this value. */
export function withDefault<Value>(read: Read<Value>, absent: unknown): Read<Value> {
  return (json = absent) => read(json);
}

/** A field that may be null, or absent, which means null. */
export function orNull<Value>(read: Read<Value>): Read<Value | null> {
  return (json = null) => (json === null ? null : read(json));
}

/** Exactly this word; a server may leave the field out. */
export function literalOf<const Word extends string>(word: Word): Read<Word> {
  return (json = word) => (json === word ? word : refuse(word));
}

/** The fields of an object. @throws TypeError */
export function fieldsOf(json: unknown): Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null && !Array.isArray(json)
    ? { ...json }
    : refuse("an object");
}

/** A text. @throws TypeError */
export function textOf(json: unknown): string {
  return typeof json === "string" ? json : refuse("a text");
}

/** True or false. @throws TypeError */
export function flagOf(json: unknown): boolean {
  return typeof json === "boolean" ? json : refuse("true or false");
}

/** A finite number; `1e999` parses to Infinity. @throws TypeError */
export function numberOf(json: unknown): number {
  return typeof json === "number" && Number.isFinite(json) ? json : refuse("a number");
}

/** A whole number that is not negative. @throws TypeError */
export function countOf(json: unknown): number {
  return Number.isSafeInteger(json) && Number(json) >= 0 ? Number(json) : refuse("a count");
}

function refuse(expected: string): never {
  throw new TypeError(`${expected} was expected`);
}
