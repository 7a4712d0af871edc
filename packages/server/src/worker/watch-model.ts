// Remembers whether the requests of a worker to the endpoint of its model succeed.
import { MemlaneError } from "@memlane/core";
import { messageOf } from "../base/message-of.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { TextStages } from "../pipeline/text-stages.ts";
import type { ModelState } from "../store/workers.ts";

/** Watches the use of a model. */
export interface ModelWatch {
  readonly state: () => ModelState;
  /** The same stages, watched. */
  readonly watchStages: (stages: TextStages) => TextStages;
  /** The same embedder, watched. */
  readonly watchEmbedder: (embedder: Embedder) => Embedder;
}

/** Creates a watch. Nothing is known before the first request. */
export function createModelWatch(now: () => Date = () => new Date()): ModelWatch {
  let state: ModelState = { last_ok_at: null, last_failed_at: null, last_error: null };
  const succeeded = () => (state = { ...state, last_ok_at: now().toISOString() });
  const failed = (message: string) =>
    (state = { ...state, last_failed_at: now().toISOString(), last_error: message.slice(0, 500) });
  return {
    state: () => state,
    watchStages: (stages) => ({
      ...stages,
      async read(conversation, options) {
        try {
          const reading = await stages.read(conversation, options);
          if (reading.by.fallbackReason !== undefined) failed(reading.by.fallbackReason);
          else if (reading.by.model !== undefined) succeeded();
          return reading;
        } catch (error) {
          if (MemlaneError.is(error) && error.code === "extractor_unavailable") failed(error.message);
          throw error;
        }
      },
    }),
    watchEmbedder: (embedder) => ({
      ...embedder,
      async embed(texts, options) {
        try {
          const vectors = await embedder.embed(texts, options);
          succeeded();
          return vectors;
        } catch (error) {
          if (!options.signal.aborted) failed(messageOf(error));
          throw error;
        }
      },
    }),
  };
}
