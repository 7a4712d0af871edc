import { MemoryClient } from "@memlane/sdk-node";

export async function POST(request: Request) {
  const { note } = await request.json();
  const { id, token } = await new MemoryClient().memories.ingest(
    {
      messages: [{ role: "user", content: note }],
      user_id: "ann", // the signed-in user
      conv_id: "notes",
    },
    { token: true },
  );
  const baseUrl = process.env["MEMLANE_BASE_URL"];
  return Response.json({ id, token, baseUrl });
}
