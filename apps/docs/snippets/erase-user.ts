import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();
await client.memories.create({
  content: "Green tea.",
  user_id: "hank",
});

const receipt = await client.users.erase("hank");
console.log(receipt.memories_deleted, receipt.erasure);

const { events } = await client.audit({
  action: "erase",
  user_id: "hank",
});
console.log(events.length, events[0]?.result, events[0]?.meta);
