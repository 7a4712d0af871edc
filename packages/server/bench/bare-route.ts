// The smallest possible service on this stack: one Hono route that selects one row by its key, in its own process.
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { Pool } from "pg";

const [url, port] = process.argv.slice(2);
const pool = new Pool({ connectionString: url });
const app = new Hono();
app.get("/readyz", (c) => c.json({ status: "ready" }));
app.get("/jobs/:id", async (c) => {
  const { rows } = await pool.query({
    name: "read job",
    text: "select id, kind, state, result, created_at, updated_at from memlane.job where id = $1",
    values: [c.req.param("id")],
  });
  return rows.length === 0 ? c.json({ error: "not found" }, 404) : c.json(rows[0]);
});
serve({ fetch: app.fetch, port: Number(port), hostname: "127.0.0.1" });
process.once("SIGTERM", () => process.exit());
