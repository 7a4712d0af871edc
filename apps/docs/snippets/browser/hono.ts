import { serve } from "@hono/node-server";
import { MemoryClient } from "@memlane/sdk-node";
import { Hono } from "hono";

const client = new MemoryClient();
const app = new Hono();

app.post("/import", async (context) => {
  const { note } = await context.req.json();
  const { id, token } = await client.memories.ingest(
    {
      messages: [{ role: "user", content: note }],
      user_id: "ann", // the signed-in user
      conv_id: "notes",
    },
    { token: true },
  );
  const baseUrl = process.env["MEMLANE_BASE_URL"];
  return context.json({ id, token, baseUrl });
});

const port = Number(process.env["PORT"] ?? 3000);
serve({ fetch: app.fetch, port });
