import * as z from "zod/mini";
import { boundedText } from "../dialect/bounded-text.ts";
import { filterId } from "../dialect/optional-id.ts";

/** The query of `GET /v1/context`. Other parameters are ignored: some clients send `run_id`. */
export const contextQueryWire = z.object({
  /** What the conversation is about; 1 to 2,000 characters. */
  query: boundedText(2000, 1),
  user_id: filterId,
  agent_id: filterId,
  /** The largest number of tokens, 50 to 8,000. Facts get half of it. @default 800 */
  token_budget: z._default(z.coerce.number().check(z.int(), z.gte(50), z.lte(8000)), 800),
});
/** What a context is about. */
export interface ContextQuery extends Omit<z.input<typeof contextQueryWire>, "token_budget"> {
  /** @default 800 */
  readonly token_budget?: number;
}
