import { openai } from "@ai-sdk/openai";
import { MemoryClient } from "@memlane/sdk-node";
import { withMemory } from "@memlane/sdk-node/ai";
import { generateText } from "ai";

const client = new MemoryClient();
// An earlier conversation.
await client.memories.ingestAndWait({
  messages: [{ role: "user", content: "I live in Paris." }],
  user_id: "ann",
  conv_id: "monday",
});

const model = withMemory(openai("gpt-5"), client, {
  userId: "ann",
  conversationId: "tuesday",
});
const { text } = await generateText({
  model,
  prompt: "Where do I live?",
});
console.log(text);
