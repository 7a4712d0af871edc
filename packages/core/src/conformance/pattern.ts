import * as z from "zod/mini";
import { parseTimestamp } from "../dialect/timestamp.ts";

/**
 * What a check expects of a JSON value: a schema, a literal, or an array or object of patterns. An object may have more
 * keys than its pattern.
 */
export type Pattern =
  | z.ZodMiniType
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Pattern[]
  | { readonly [key: string]: Pattern };

/** The type of a value that fits a pattern. */
export type Fitting<P> =
  P extends z.ZodMiniType<infer Output>
    ? Output
    : P extends string | number | boolean | null | undefined
      ? P
      : { -readonly [K in keyof P]: Fitting<P[K]> };

// The message of each schema is what was expected, so that a failure can name it.
export const text = z.string("a text");
export const filledText = z
  .string("a text that is not empty")
  .check(z.minLength(1, "a text that is not empty"));
export const number = z.number("a number");
export const count = z.int("a whole number").check(z.gte(0, "a number that is not negative"));
export const share = z.number("a number from 0 to 1").check(z.gte(0, "at least 0"), z.lte(1, "at most 1"));
export const flag = z.boolean("true or false");
export const anything = z.unknown();
const isUtcTimestamp = (value: string) =>
  value.at(10) === "T" && /(?:Z|[+-]00:?00)$/.test(value) && parseTimestamp(value) !== undefined;
export const timestamp = z.string("a timestamp in UTC").check(z.refine(isUtcTimestamp, "a timestamp in UTC"));

/** A text that a regular expression matches. */
export function matching(pattern: RegExp, description: string) {
  return z.string(description).check(z.regex(pattern, description));
}

/** A text that contains another one, in upper or lower case. */
export function containing(part: string) {
  const description = `a text with ${JSON.stringify(part)}`;
  const isContained = (value: string) => value.toLowerCase().includes(part.toLowerCase());
  return z.string(description).check(z.refine(isContained, description));
}

/** One of these values. */
export function oneOf<const Value extends string | number | null>(...values: readonly Value[]) {
  return z.literal(values, `one of ${values.map((value) => JSON.stringify(value)).join(", ")}`);
}

/** Null, or what fits. */
export function nullable<const P extends Pattern>(pattern: P) {
  return z.nullable(typedSchemaOf(pattern));
}

/** Absent, or what fits. */
export function optional<const P extends Pattern>(pattern: P) {
  return z.optional(typedSchemaOf(pattern));
}

/** A list in which each element fits. */
export function listOf<const P extends Pattern>(pattern: P) {
  return z.array(typedSchemaOf(pattern), "a list");
}

/** An object in which each value fits. */
export function recordOf<const P extends Pattern>(pattern: P) {
  return z.record(z.string(), typedSchemaOf(pattern), "an object");
}

/** The schema of a pattern. It accepts what `Fitting` describes. */
export function schemaOf(pattern: Pattern): z.ZodMiniType {
  if (pattern instanceof z.ZodMiniType) return pattern;
  if (pattern === undefined) return z.undefined("nothing");
  if (pattern === null || typeof pattern !== "object") return z.literal(pattern, JSON.stringify(pattern));
  if (isList(pattern)) return tupleSchemaOf(pattern);
  const shape = Object.fromEntries(Object.entries(pattern).map(([key, part]) => [key, schemaOf(part)]));
  return z.looseObject(shape, "an object");
}

function typedSchemaOf<const P extends Pattern>(pattern: P) {
  return schemaOf(pattern) as z.ZodMiniType<Fitting<P>>;
}

function isList(pattern: Pattern): pattern is readonly Pattern[] {
  return Array.isArray(pattern);
}

function tupleSchemaOf(patterns: readonly Pattern[]): z.ZodMiniType {
  const description = `a list of ${patterns.length}`;
  const [first, ...others] = patterns.map(schemaOf);
  return first === undefined ? z.tuple([], description) : z.tuple([first, ...others], description);
}
