import * as z from "zod/mini";
import { boundedText } from "../dialect/bounded-text.ts";
import { timestampWire } from "../dialect/timestamp.ts";
import { filterId } from "../dialect/optional-id.ts";

/** The query of `GET /v1/profile`. Other parameters are ignored. */
export const profileQueryWire = z.object({
  /** 1 to 255 characters. */
  user_id: boundedText(255, 1),
  agent_id: filterId,
  /** Only facts that were true at this time. @default now */
  as_of: z.optional(timestampWire),
});
/** Whose profile to read. */
export interface ProfileQuery extends z.input<typeof profileQueryWire> {}
