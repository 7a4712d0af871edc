import { MemlaneError, MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient({ apiKey: "no-such-key" });

try {
  await client.batch.create([{ content: "Likes tea." }]);
} catch (error) {
  if (!MemlaneError.is(error)) throw error;
  console.log(
    error.code,
    error.wireCode,
    error.status,
    error.retryable,
  );
}
