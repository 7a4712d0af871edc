import * as z from "zod/mini";

/** A string that usually is one of `words`, and that a newer server may widen. */
export function openWord<const Word extends string>(
  words: readonly Word[],
): z.ZodMiniType<Word | (string & {}), string> {
  return z.string().check(z.meta({ enum: [...words] }));
}
