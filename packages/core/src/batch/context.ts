import * as z from "zod/mini";
import { boundedText } from "../dialect/bounded-text.ts";
import { openWord } from "../dialect/open-word.ts";

/** The parts that a context is made of. */
export const contextParts = ["facts", "memories"] as const;
/** A part of a context. */
export type ContextPart = (typeof contextParts)[number];

/** The query of `GET /v1/context`. Other parameters are ignored: some clients send `run_id`. */
export const contextQueryWire = z.object({
  /** What the conversation is about; 1 to 2,000 characters. */
  query: boundedText(2000, 1),
  user_id: z.optional(boundedText(255)),
  agent_id: z.optional(boundedText(255)),
  /** The largest number of tokens, 50 to 8,000. Facts get half of it. @default 800 */
  token_budget: z._default(z.coerce.number().check(z.int(), z.gte(50), z.lte(8000)), 800),
});
/** What a context is about. */
export interface ContextQuery extends Omit<z.input<typeof contextQueryWire>, "token_budget"> {
  /** @default 800 */
  readonly token_budget?: number;
}

/** A text for a prompt. */
export const contextWire = z.object({
  /** Markdown: `stable` and `volatile`, with a blank line between them. */
  context: z.string(),
  /** An estimate of the tokens of `context`, rather too high than too low. */
  tokens: z.int(),
  /** The ids of the facts and memories in it, in their order. */
  sources: z.array(z.string()),
  /** The part that does not depend on the query, so a provider of models can cache it. */
  stable: z.string(),
  /** The part that depends on the query. */
  volatile: z.string(),
  /** The SHA-256 of `stable`, in hexadecimal digits. */
  stable_hash: z.string(),
  /** Whether a part could not be read in time. `context` then ends with a note about it. */
  degraded: z.boolean(),
  /** The parts that could not be read. */
  degraded_parts: z.array(openWord(contextParts)),
});
/** A context in the wire format of the batch dialect. */
export interface ContextWire extends z.output<typeof contextWire> {}
