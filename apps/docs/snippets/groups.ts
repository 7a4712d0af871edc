import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();

const group = await client.groups.create({
  name: "Platform",
  prompt: "Meetings, schedules and tools of the platform team",
});
await client.memories.ingestAndWait({
  messages: [
    {
      role: "user",
      content:
        "Our team standup moved to 9:30am on Tuesdays. " +
        "I am seeing a therapist for my anxiety.",
    },
  ],
  user_id: "gina",
  conv_id: "c1",
  group_ids: [group.id],
});

for await (const memory of client.memories.list({
  user_id: "gina",
  order: "created_at_asc",
}))
  console.log(memory.text, memory.group_ids.length);

// A colleague, whose own memories have no standup.
const { data } = await client.memories.search({
  query: "When is our standup?",
  group_ids: [group.id],
});
console.log("found:", data[0]?.text);
