import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();

await client.memories.ingestAndWait({
  messages: [
    {
      role: "user",
      content:
        "Next time, run migrate.sh before `pnpm deploy`, because it locks tables.",
    },
  ],
  user_id: "max",
  conv_id: "deploy-1",
  agentic: true,
});

// Before the agent runs a tool:
const { data } = await client.memories.trigger({
  user_id: "max",
  action: {
    tool: "bash",
    args: { command: "cd shop && pnpm deploy --prod" },
  },
});
for (const { text, details } of data)
  console.log(details?.matched_on, text);
