// Measures how fast an extractor reads, in one process.
import type { Extractor } from "../src/pipeline/extract/extractor.ts";
import { normaliseMessages } from "../src/pipeline/normalise/normalise-messages.ts";
import type { Speaker } from "./conversations.ts";

/** The speakers' messages that it reads per second. The other side's messages are read too but not counted. */
export async function measureMessagesPerSecond(
  extractor: Extractor,
  speakers: readonly Speaker[],
): Promise<number> {
  const startedMs = performance.now();
  for (const { messages } of speakers) await extractor.extract(normaliseMessages(messages), {});
  const said = speakers.reduce((sum, { turns }) => sum + turns.length, 0);
  return (1000 * said) / (performance.now() - startedMs);
}
