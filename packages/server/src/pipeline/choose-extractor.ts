import type { Settings } from "../settings/read-environment.ts";
import type { Extractor } from "./extractor.ts";
import { createLlmExtractor } from "./llm/llm-extractor.ts";
import { createOfflineExtractor } from "./offline/offline-extractor.ts";
import { withFallback } from "./with-fallback.ts";

/** The extractor that the settings ask for: a model where one is named, and the rules that need none otherwise. */
export function chooseExtractor({ llm }: Pick<Settings, "llm">): Extractor {
  if (llm === undefined) return createOfflineExtractor();
  const extractor = createLlmExtractor(llm);
  return llm.fallback === "offline" ? withFallback(extractor, createOfflineExtractor()) : extractor;
}
