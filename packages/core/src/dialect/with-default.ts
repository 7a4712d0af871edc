import * as z from "zod/mini";

/** A field of a body that may be left out. Null means the same: many clients send it for what they do not set. */
export const withDefault = <Output extends {}, Input>(schema: z.ZodMiniType<Output, Input>, value: Output) =>
  z
    .pipe(
      z.optional(z.nullable(schema)),
      z.transform((sent: Output | null | undefined) => sent ?? value),
    )
    .check(z.meta({ default: value }));
