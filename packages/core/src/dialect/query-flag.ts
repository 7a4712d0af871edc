import * as z from "zod/mini";

/** A boolean in a query: `true`, `True` or `1`; `false`, `False` or `0`. @default false */
export const queryFlag = z.pipe(
  z._default(z.enum(["true", "false", "True", "False", "1", "0"]), "false"),
  z.transform((word) => word === "1" || word.toLowerCase() === "true"),
);
