// The processes of a server, its database and its model.
import * as z from "zod/mini";
import { openWord } from "../dialect/open-word.ts";

const count = z.int().check(z.gte(0));
const instant = z.string();

/** The answer to `GET /v1/service`. Its times are in ISO 8601. */
export const serviceWire = z.object({
  database: z.object({
    /** `primary` accepts writes, `standby` follows a primary, `read_only` is a primary that refuses writes. */
    role: openWord(["primary", "standby", "read_only"]),
    version: z.string(),
    size_bytes: count,
    /** Connections to this database, and how many the server allows to all its databases. */
    connections: z.object({ used: count, allowed: count }),
  }),
  /** The workers that have reported within the last two and a half minutes. Null fields are of an older version. */
  workers: z.array(
    z.object({
      id: z.string(),
      seen_at: instant,
      version: z.nullable(z.string()),
      started_at: instant,
      /** How many jobs the worker may run at the same time, and how many it ran when it last reported. */
      places: z.nullable(count),
      running: z.nullable(count),
    }),
  ),
  /** `none`: no worker uses a model. */
  model_endpoint: z.object({
    state: openWord(["none", "ok", "failing"]),
    last_error: z.nullable(z.string()),
    last_ok_at: z.nullable(instant),
  }),
  /** How long the oldest due job of all organisations has been waiting; null if none waits. */
  oldest_waiting_seconds: z.nullable(z.number()),
  /** When a job last succeeded; null if none has. */
  last_success_at: z.nullable(instant),
});
/** The state of a service in the wire format. */
export interface ServiceWire extends z.output<typeof serviceWire> {}
