// app/api/remember/route.ts
import { createMemoryClient } from "@memlane/sdk-node/fetch";

const { MEMLANE_API_KEY = "", MEMLANE_BASE_URL = "" } = process.env;
const memory = createMemoryClient({
  apiKey: MEMLANE_API_KEY,
  baseUrl: MEMLANE_BASE_URL,
});

// The user of your session, and never one that the page names.
const userOf = (_request: Request) => "zoe";

export async function POST(request: Request): Promise<Response> {
  const { conv_id, messages } = await request.json();
  const job = await memory.memories.ingest(
    { user_id: userOf(request), conv_id, messages },
    { token: true },
  );
  // With this token, the page can follow this job alone.
  return Response.json({ id: job.id, token: job.token });
}
