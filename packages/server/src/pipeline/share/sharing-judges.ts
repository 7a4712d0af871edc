import { MemlaneError } from "@memlane/core";
import type { ExtractorOptions } from "../extract/extractors.ts";
import { createLlmJudge } from "./llm-judge.ts";
import { createOfflineJudge } from "./offline-judge.ts";
import type { SharingJudge } from "./sharing-judge.ts";

/** Makes the judge that belongs to the extractor: the model if one has settings, or else the rules. */
export function createSharingJudge({ llm }: ExtractorOptions): SharingJudge {
  if (llm === undefined) return createOfflineJudge();
  return llm.fallback === "offline"
    ? withFallback(createLlmJudge(llm), createOfflineJudge())
    : createLlmJudge(llm);
}

/** Uses `second` if `first` fails. */
function withFallback(first: SharingJudge, second: SharingJudge): SharingJudge {
  return {
    async judge(statements, prompts, options) {
      try {
        return await first.judge(statements, prompts, options);
      } catch (error) {
        options.signal?.throwIfAborted();
        options.onWaiting?.(false);
        if (!MemlaneError.is(error)) throw error;
        return second.judge(statements, prompts, options);
      }
    },
  };
}
