// What the test runs in every runtime. The built entry is bundled with it.
import { createMemoryClient } from "@memlane/sdk-node/fetch";

/** Remembers a conversation and finds it again. Resolves with the texts that were found. */
export async function remember(apiKey: string, baseUrl: string, user: string): Promise<string[]> {
  // The global itself, which some runtimes refuse to call with another `this`.
  const client = createMemoryClient({ apiKey, baseUrl, fetch });
  const messages = [{ role: "user", content: "I live in Paris." }];
  const job = await client.memories.ingest({ messages, user_id: user, conv_id: "c1" });
  await client.memories.jobs.pollUntilDone(job.id);
  const { data } = await client.memories.search({ query: "Where do I live?", user_id: user });
  return data.map(({ text }) => text);
}
