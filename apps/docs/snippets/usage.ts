import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();

const usage = await client.usage({ daily: true, by_api_key: true });
console.log(Object.keys(usage.operations));
console.log(Object.keys(usage.storage));
for (const key of usage.by_api_key ?? [])
  console.log(Object.keys(key));
