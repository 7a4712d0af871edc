// A pipeline thread for tests of how threads end. A message names what the extractor does.
import type { Extractor } from "../src/pipeline/extract/extractor.ts";
import { createOfflineExtractor } from "../src/pipeline/extract/english/offline-extractor.ts";
import { createThreadTasks } from "../src/pipeline-threads/tasks.ts";
import { normaliseMessages } from "../src/pipeline/normalise/normalise-messages.ts";

const offline = createOfflineExtractor();
const warmUp = normaliseMessages([{ role: "user", content: "I like tea." }]);
await offline.extract(warmUp, {}); // its first use compiles the rules, which may take a second on a busy machine

const doomed: Extractor = {
  name: "doomed",
  async extract(messages, options) {
    for (const { content, index } of messages) {
      if (content === "wait for a model") await new Promise((resolve) => setTimeout(resolve, 2000));
      if (content === "throw") throw new TypeError("no such rule");
      if (content !== "loop" && content !== "fill the memory") continue;
      options.onMessage?.(index);
      const filling: number[][] = [];
      for (;;) if (content === "fill the memory") filling.push(Array.from({ length: 100_000 }, Math.random));
    }
    return offline.extract(messages, options);
  },
};

export const { read, reconcile } = createThreadTasks(doomed);
