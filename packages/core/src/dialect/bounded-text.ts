import * as z from "zod/mini";
import { storableText } from "./storable.ts";

/** A text of at most this many characters, counted as Unicode code points, that can be stored. */
export const boundedText = (maximum: number, minimum: 0 | 1 = 0) => bounded(storableText, maximum, minimum);

/** The same for a text in which the server replaces the characters that cannot be stored. */
export const replaceableText = (maximum: number, minimum: 0 | 1 = 0) => bounded(z.string(), maximum, minimum);

/** Whether a text is empty or white space. */
export function isBlank(text: string): boolean {
  return text.trim() === "";
}

/** Refuses white space. An empty text has another problem already. */
export const notBlank = z.refine<string>((text) => text === "" || !isBlank(text), {
  error: "must not be blank",
});

function bounded(text: z.ZodMiniString<string>, maximum: number, minimum: 0 | 1): z.ZodMiniString<string> {
  return text.check(
    z.refine((written) => fits(written, maximum), {
      error: `must have at most ${maximum.toLocaleString("en")} characters`,
      abort: true,
    }),
    z.refine((written) => written.length >= minimum, { error: "must not be empty" }),
    z.meta({ maxLength: maximum, ...(minimum > 0 && { minLength: minimum }) }),
  );
}

function fits(text: string, maximum: number): boolean {
  // A code point has one or two UTF-16 units, so the length alone nearly always decides.
  if (text.length <= maximum) return true;
  if (text.length > 2 * maximum) return false;
  let count = 0;
  for (const _ of text) count += 1;
  return count <= maximum;
}
