import { readFile } from "node:fs/promises";
import { MemoryClient, type BatchItem } from "@memlane/sdk-node";

interface Mem0Memory {
  readonly id: string;
  readonly memory: string;
  readonly user_id?: string | null;
  readonly agent_id?: string | null;
  readonly run_id?: string | null;
  readonly metadata: Record<string, unknown> | null;
  readonly created_at: string;
}

const exported = JSON.parse(
  await readFile("mem0-export.json", "utf8"),
) as { results: Mem0Memory[] };
const memories = exported.results.map(
  ({
    id,
    memory,
    user_id,
    agent_id,
    run_id,
    metadata,
    created_at,
  }): BatchItem => ({
    content: memory,
    user_id: user_id ?? null,
    agent_id: agent_id ?? null,
    run_id: run_id ?? null,
    // If an item is not stored, its error is reported with this id.
    metadata: { ...metadata, id },
    timestamp: created_at,
  }),
);

const client = new MemoryClient();
for (let at = 0; at < memories.length; at += 500) {
  const done = await client.batch.createAndWait(
    memories.slice(at, at + 500),
  );
  console.log(`${done.imported} of ${done.received} stored`);
}
