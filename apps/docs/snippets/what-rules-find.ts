import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();
const conversation = [
  // What the rules find.
  ["user", "Hi! I live in Lyon, and my sister's a potter."],
  ["user", "My daughter Mia is seven and plays the drums."],
  ["assistant", "Lovely. Do you have any pets?"],
  ["user", "Yes, two dogs."],
  ["user", "I'm terrified of spiders, and I no longer drink coffee."],
  ["user", "我住在北京。"],
  ["user", "Grew up on a boat, actually."],
  // What they ignore on purpose.
  ["user", "How are you? I'm great, thanks!"],
  ["user", "If I had the money, I'd buy a boat."],
  ["user", "I think I'm allergic to nuts."],
  // What they miss.
  ["user", "Sheep farming keeps me busy these days."],
  ["user", "Opera is not for me."],
  ["user", "It's ten years now since I moved to Porto."],
  ["assistant", "Are you married?"],
  ["user", "Not anymore."],
] as const;

const { result } = await client.memories.ingest(
  {
    messages: conversation.map(([role, content]) => ({
      role,
      content,
    })),
    user_id: "lea",
    conv_id: "rules",
  },
  { wait: true },
);
const texts = new Map(
  result?.memories_created.map(({ id, text }) => [id, text]),
);
for (const { index, memory_ids } of result?.messages ?? []) {
  const [role, content] = conversation[index] ?? [];
  if (role !== "user") continue;
  console.log(content);
  for (const id of memory_ids) console.log(`  → ${texts.get(id)}`);
}
