import { setTimeout as sleep } from "node:timers/promises";
import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();

let memory = await client.memories.create({
  content: "I live in Rome. I work for Acme.",
  user_id: "mia",
  timestamp: "2026-01-15",
});
while (memory.status === "processing") {
  await sleep(200);
  memory = await client.memories.getWithFacts(memory.id);
}
for (const { subject, predicate, object } of memory.facts)
  console.log(`${subject}: ${predicate} ${object}`);

const added = await client.facts.add({
  subject: "self",
  predicate: "works at",
  object: "Globex",
  user_id: "mia",
  valid_from: "2026-03-01",
});
console.log(
  `${added.object} replaces ${added.invalidated.length} fact`,
);

const then = await client.facts.listPage({
  user_id: "mia",
  predicate_family: "employment",
  as_of: "2026-02-01",
});
console.log(`In February: ${then.facts[0]?.object}`);
