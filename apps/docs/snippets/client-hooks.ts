import { MemoryClient } from "@memlane/sdk-node";

let isFirst = true;
const client = new MemoryClient({
  timeoutMs: 20_000, // for a call, including its retries
  requestTimeoutMs: 5_000, // for one attempt
  maximumRetries: 3,
  hooks: {
    onRetry: ({ method, path }, { status }) =>
      console.log(
        `${method} ${path} again after ${status ?? "no answer"}`,
      ),
    onResponse: ({ method, path, attempt }) =>
      console.log(`${method} ${path} answered at attempt ${attempt}`),
  },
  // Simulates a network that loses the first answer.
  fetch: async (request) => {
    const response = await fetch(request);
    if (!isFirst) return response;
    isFirst = false;
    throw new TypeError("the connection was lost");
  },
});

const { id } = await client.batch.create([
  { content: "Green tea.", user_id: "jo" },
]);
await client.batch.pollUntilDone(id);

let count = 0;
for await (const _ of client.memories.list({ user_id: "jo" }))
  count += 1;
console.log(count, "memory, though it was sent twice");
