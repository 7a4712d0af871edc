import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();

// Send everything first, then wait: the jobs run side by side.
const jobs = await Promise.all(
  ["I like chess.", "I like sailing.", "I like opera."].map(
    (content, index) =>
      client.memories.ingest({
        messages: [{ role: "user", content }],
        user_id: "dora",
        conv_id: `c${index}`,
      }),
  ),
);
const ended = await Promise.all(
  jobs.map(({ id }) => client.memories.jobs.pollUntilDone(id)),
);
console.log(ended.map(({ status }) => status).join(", "));
