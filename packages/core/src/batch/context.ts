import * as z from "zod/mini";
import { openWord } from "../dialect/open-word.ts";

/** The parts that a context is made of. */
export const contextParts = ["facts", "memories"] as const;
/** A part of a context. */
export type ContextPart = (typeof contextParts)[number];

/** A text for a prompt. */
export const contextWire = z.object({
  /** Markdown: `stable` and `volatile`, with a blank line between them. */
  context: z.string(),
  /** An estimate of the tokens of `context`, rather too high than too low. */
  tokens: z.int(),
  /** The ids of the facts and memories in it, in their order. */
  sources: z.array(z.string()),
  /** The part that does not depend on the query, so a provider of models can cache it; absent if the server does not send it. */
  stable: z.optional(z.string()),
  /** The part that depends on the query; absent if the server does not send it. */
  volatile: z.optional(z.string()),
  /** The SHA-256 of `stable`, in hexadecimal digits; absent if the server does not send it. */
  stable_hash: z.optional(z.string()),
  /** Whether a part could not be read in time. `context` then ends with a note about it. */
  degraded: z._default(z.boolean(), false),
  /** The parts that could not be read. */
  degraded_parts: z._default(z.array(openWord(contextParts)), []),
});
/** A context in the wire format of the batch dialect. */
export interface ContextWire extends z.output<typeof contextWire> {}
