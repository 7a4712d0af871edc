import { createMemoryClient } from "@memlane/sdk-node/fetch";

const { MEMLANE_API_KEY = "", MEMLANE_BASE_URL = "" } = process.env;
const client = createMemoryClient({
  apiKey: MEMLANE_API_KEY, // in a worker, `env.MEMLANE_API_KEY`
  baseUrl: MEMLANE_BASE_URL,
});

await client.memories.create({
  content: "Mia keeps bees.",
  user_id: "mia",
});
const { context } = await client.context({
  query: "Which animals does she keep?",
  user_id: "mia",
});
console.log(context.includes("bees"));
