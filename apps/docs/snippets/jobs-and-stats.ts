import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();
const { operations } = client;
const job = await client.memories.ingestAndWait({
  messages: [
    { role: "user", content: "I live in Oslo." },
    { role: "assistant", content: "Nice." },
  ],
  user_id: "kim",
  conv_id: "support-9",
});

const { data: attempts } = await operations.attempts(job.id);
for (const { number, outcome, error } of attempts) {
  console.log(`attempt ${number}: ${outcome}`, error);
}

const { data: messages } = await operations.messages(job.id);
for (const { text, outcome } of messages) {
  console.log(`${text} → ${outcome}`);
}

const { counts } = await operations.stats({ window: "day" });
console.log(counts.overdue, "jobs are overdue");

const filter = { user_id: "kim", state: "failed" };
console.log(await operations.count("retry", filter), "to retry");
