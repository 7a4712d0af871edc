import { Hono } from "hono";
import type { Logger } from "pino";
import type { Sql } from "../database/database.ts";
import { checkDatabase } from "../store/check-database.ts";

/** Paths that are requested every few seconds. */
export const probePaths: readonly string[] = ["/healthz", "/readyz"];

/** `GET /healthz` shows that the process runs, `GET /readyz` that it can serve requests. */
export function createProbes(sql: Sql, log: Logger): Hono {
  const probes = new Hono();
  probes.get("/healthz", (c) => c.json({ status: "ok" }));
  probes.get("/readyz", async (c) => {
    try {
      await checkDatabase(sql);
      return c.json({ status: "ready" });
    } catch (error) {
      log.warn({ err: error }, "not ready");
      return c.json({ status: "unavailable", reason: "the database cannot be reached" }, 503, {
        "retry-after": "1",
      });
    }
  });
  return probes;
}
