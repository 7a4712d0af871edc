// STUB by the lead so that the server builds: overwrite it.
import type { Extractor } from "../extractor.ts";
export function createOfflineExtractor(): Extractor {
  return { name: "offline", extract: async (messages) => messages.map((m, i) => ({ text: m.content, factType: null, slot: null, retracts: false, fingerprint: `${i}${m.content}`, sourceRole: m.role, sourceEventIds: [] })) };
}
