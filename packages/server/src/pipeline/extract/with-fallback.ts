import { MemlaneError } from "@memlane/core";
import type { Extractor } from "./extractor.ts";

/** Uses `second` for a conversation that `first` cannot read. The report then says why. */
export function withFallback(first: Extractor, second: Extractor): Extractor {
  return {
    name: first.name,
    async extract(messages, options) {
      try {
        return await first.extract(messages, options);
      } catch (error) {
        options.signal?.throwIfAborted();
        if (!MemlaneError.is(error)) throw error;
        const { by, ...found } = await second.extract(messages, options);
        return { ...found, by: { ...by, fallbackReason: `${error.code}: ${error.message}` } };
      }
    },
  };
}
