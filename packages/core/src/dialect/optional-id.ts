// Ids and filters that a client may leave out. An empty one is none: some clients send it for a missing value.
import * as z from "zod/mini";
import { boundedText } from "./bounded-text.ts";

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

/** A text of at most this many characters in a query that narrows a list. An empty one narrows nothing. */
export const filterText = (maximum: number) =>
  z.optional(
    z.pipe(
      boundedText(maximum),
      z.transform((sent) => (sent === "" ? undefined : sent)),
    ),
  );

/** An id in a query. */
export const filterId = filterText(255);
