import * as z from "zod/mini";

/** A string that is usually one of `words`; a newer server may send others. */
export function openWord<const Word extends string>(
  words: readonly Word[],
): z.ZodMiniType<Word | (string & {}), string> {
  return z.string().check(z.meta({ enum: [...words] }));
}
