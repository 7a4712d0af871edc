import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();

await client.facts.add({
  subject: "self",
  predicate: "is allergic to",
  object: "nuts",
  user_id: "ida",
  valid_from: "2026-01-15",
});
await client.memories.create({
  content: "Dinner ideas: lentil soup, baked potatoes.",
  user_id: "ida",
  timestamp: "2026-02-20",
});

const { context, tokens, degraded } = await client.context({
  query: "What should we cook for dinner?",
  user_id: "ida",
  token_budget: 400,
});
console.log(context);
console.log({ fits: tokens <= 400, degraded });
