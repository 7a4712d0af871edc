// The shortest program of a user who has just installed the server and the client.
import { MemoryClient } from "@memlane/sdk-node";
import { startTestServer } from "@memlane/server/testing";

const server = await startTestServer();
const client = new MemoryClient({ baseUrl: server.url, apiKey: server.apiKey, orgId: server.orgId });
const messages = [{ role: "user", content: "I live in Paris." }];
const job = await client.memories.ingest({ messages, user_id: "ann", conv_id: "c1" });
const done = await client.memories.jobs.pollUntilDone(job.id);
const page = await (await fetch(`${server.url}/console`)).text();
if (!page.includes("/console/assets/")) throw new Error(`the console is missing: ${page}`);
console.log(`${done.status}: ${done.result?.memories_created.map(({ text }) => text).join()}`);
await server.stop();
