import { Hono } from "hono";
import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import { isReadOnly } from "../database/read-only.ts";
import { checkDatabase } from "../store/check-database.ts";

/** Paths that are requested every few seconds. */
export const probePaths: readonly string[] = ["/healthz", "/readyz"];

/** `GET /healthz` shows that the process runs, `GET /readyz` that it can store and do jobs. */
export function createProbes(database: Pick<Database, "transaction">, log: Logger): Hono {
  const probes = new Hono();
  let checking: Promise<void> | undefined; // shared, because anyone may ask
  const check = () =>
    (checking ??= checkDatabase(database).finally(() => {
      checking = undefined;
    }));
  probes.get("/healthz", (c) => c.json({ status: "ok" }));
  probes.get("/readyz", async (c) => {
    try {
      await check();
      return c.json({ status: "ready" });
    } catch (error) {
      log.warn({ err: error }, "not ready");
      const reason = isReadOnly(error) ? "the database only reads" : "the database cannot be used";
      return c.json({ status: "unavailable", reason }, 503, { "retry-after": "1" });
    }
  });
  return probes;
}
