// Ids of users, agents and runs that a client may leave out. An empty one is none: some clients send it for a missing value.
import * as z from "zod/mini";
import { boundedText } from "../dialect/bounded-text.ts";

const id = boundedText(255);

/** An id in a body, or null. */
export const optionalId = z.optional(
  z.nullable(
    z.pipe(
      id,
      z.transform((sent) => (sent === "" ? null : sent)),
    ),
  ),
);

/** An id in a query. */
export const filterId = z.optional(
  z.pipe(
    id,
    z.transform((sent) => (sent === "" ? undefined : sent)),
  ),
);
