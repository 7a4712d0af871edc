import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();

const usage = await client.usage();
console.log(Object.keys(usage.operations));
console.log(Object.keys(usage.storage));
