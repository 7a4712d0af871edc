import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();
const messages = [{ role: "user", content: "I play the oboe." }];
const conversation = { messages, user_id: "hal", conv_id: "c1" };

const first = await client.memories.ingest(conversation, {
  idempotencyKey: "conversation-c1",
});
const again = await client.memories.ingest(conversation, {
  idempotencyKey: "conversation-c1",
});
console.log(first.id === again.id);
