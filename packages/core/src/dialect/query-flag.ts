import * as z from "zod/mini";

/** A boolean in a query, also as Python and forms write it. @default false */
export const queryFlag = z.pipe(
  z._default(z.enum(["true", "false", "True", "False", "1", "0"]), "false"),
  z.transform((word) => word === "1" || word.toLowerCase() === "true"),
);
