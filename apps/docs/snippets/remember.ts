import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();

await client.memories.ingestAndWait({
  user_id: "ada",
  conv_id: "chat-1",
  messages: [
    { role: "user", content: "I live in Paris." },
    { role: "user", content: "I moved to Berlin." },
  ],
});

const { context } = await client.memories.search({
  user_id: "ada",
  query: "Where does she live?",
});
console.log(context);
