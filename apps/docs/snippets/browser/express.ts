import { MemoryClient } from "@memlane/sdk-node";
import express from "express";

const client = new MemoryClient();
const app = express();

app.post("/import", express.json(), async (request, response) => {
  const { id, token } = await client.memories.ingest(
    {
      messages: [{ role: "user", content: request.body.note }],
      user_id: "ann", // the signed-in user
      conv_id: "notes",
    },
    { token: true },
  );
  const baseUrl = process.env["MEMLANE_BASE_URL"];
  response.json({ id, token, baseUrl });
});

app.listen(Number(process.env["PORT"] ?? 3000));
