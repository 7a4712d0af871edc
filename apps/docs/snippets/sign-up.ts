import { createMemoryClient, signUp } from "@memlane/sdk-node/fetch";

const { MEMLANE_BASE_URL: baseUrl = "" } = process.env;
const { api_key: apiKey, scopes } = await signUp(
  { agent_caller: "my-agent" },
  { baseUrl },
);
console.log(scopes);

const client = createMemoryClient({ apiKey, baseUrl });
await client.memories.create({ content: "Tea." });

const { removed } = await client.deleteAccount({
  confirm: true,
});
console.log(removed["memories"]);
