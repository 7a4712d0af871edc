import * as z from "zod/mini";

/** The answer to `GET /v1/ping`. */
export const pingWire = z.object({
  ok: z.literal(true),
  tier: z.string(),
  region: z.string(),
  /** What the key may do. */
  scopes: z.array(z.string()),
});
/** The answer to `GET /v1/ping`. */
export interface PingWire extends z.output<typeof pingWire> {}
