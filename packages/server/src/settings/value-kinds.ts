// The kinds of values that settings have. For error messages, each kind describes the values that it allows.
import * as z from "zod/mini";

/** How the text of a variable is read, and which texts are valid. */
export interface ValueKind<Schema extends z.ZodMiniType = z.ZodMiniType> {
  readonly schema: Schema;
  /** Completes "It must be …". */
  readonly allowed: string;
}

/** Any text. */
export const text = { schema: z.string(), allowed: "a text" } satisfies ValueKind;

/** `true` or `false`. */
export const trueOrFalse = {
  schema: z.pipe(
    z.enum(["true", "false"]),
    z.transform((word) => word === "true"),
  ),
  allowed: "'true' or 'false'",
} satisfies ValueKind;

/** A port to listen on. 0 means any free port. */
export const port = { ...wholeNumber({ least: 0, most: 65_535 }), allowed: "a port from 0 to 65535" };

/** The longest time that a timer of Node.js can wait. */
export const longestTimerMs = 2_147_483_647;

/** The base URL of a model's API. */
export const modelUrl = {
  schema: z.url({ protocol: /^https?$/ }),
  allowed: "a URL such as http://localhost:11434/v1",
} satisfies ValueKind;

/** The URL of one or several PostgreSQL servers. */
export const postgresUrl = {
  schema: z.string().check(z.regex(/^postgres(?:ql)?:\/\//)),
  allowed: "a URL that starts with postgres:// or postgresql://",
} satisfies ValueKind;

/** A whole number between two bounds. */
export function wholeNumber({ least, most = Number.MAX_SAFE_INTEGER }: { least: number; most?: number }) {
  const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`;
  return {
    schema: z.coerce.number().check(z.int(), z.gte(least), z.lte(most)),
    allowed: `a whole number, ${range}`,
  } satisfies ValueKind;
}

/** A number between two bounds. */
export function numberBetween(least: number, most: number) {
  return {
    schema: z.coerce.number().check(z.gte(least), z.lte(most)),
    allowed: `a number from ${least} to ${most}`,
  } satisfies ValueKind;
}

/** One of a few words. */
export function oneOf<const Word extends string>(...words: readonly Word[]) {
  const quoted = words.map((word) => `'${word}'`);
  return {
    schema: z.enum(words),
    allowed: new Intl.ListFormat("en-GB", { type: "disjunction" }).format(quoted),
  } satisfies ValueKind;
}
