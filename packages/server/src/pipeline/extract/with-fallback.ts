import { MemlaneError } from "@memlane/core";
import type { Extractor } from "./extractor.ts";

/** The first extractor, and the second for a conversation that the first cannot read; the report says so, and why. */
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
