import { MemlaneError } from "@memlane/core";
import { expect, test } from "vitest";
import type { Embedder } from "../embedding/embedder.ts";
import type { Reading, TextStages } from "../pipeline/text-stages.ts";
import { createOfflineExtractor } from "../pipeline/extract/english/offline-extractor.ts";
import { createTextStages } from "../pipeline/text-stages.ts";
import { createModelWatch } from "./watch-model.ts";

const at = (second: number) => new Date(second * 1000);
const conversation = { messages: [], timestampFormat: null, userId: "ada", arrivedAt: at(0) };
const unavailable = new MemlaneError({ code: "extractor_unavailable", message: "no answer" });

/** Stages that read each conversation like this. */
function stagesWith(by: Reading["by"] | MemlaneError): TextStages {
  const offline = createTextStages(createOfflineExtractor());
  return {
    ...offline,
    async read(...parameters) {
      if (MemlaneError.is(by)) throw by;
      return { ...(await offline.read(...parameters)), by };
    },
  };
}

test("a model's state is the last success and the last failure of the extractor or the embedder", async () => {
  let second = 0;
  const watch = createModelWatch(() => at((second += 1)));
  const read = (by: Reading["by"] | MemlaneError) => watch.watchStages(stagesWith(by)).read(conversation, {});
  expect(watch.state()).toEqual({ last_ok_at: null, last_failed_at: null, last_error: null });

  await read({ name: "offline" });
  expect(watch.state()).toMatchObject({ last_ok_at: null });
  await read({ name: "llm", model: "small" });
  expect(watch.state()).toMatchObject({ last_ok_at: at(1).toISOString(), last_failed_at: null });
  await expect(read(unavailable)).rejects.toBe(unavailable);
  expect(watch.state()).toMatchObject({ last_failed_at: at(2).toISOString(), last_error: "no answer" });
  await read({ name: "offline", fallbackReason: "timeout: too slow" });
  expect(watch.state()).toMatchObject({
    last_failed_at: at(3).toISOString(),
    last_error: "timeout: too slow",
  });

  const embedder: Embedder = { model: "e", embed: async () => [] };
  await watch.watchEmbedder(embedder).embed([], { signal: new AbortController().signal, tries: 1 });
  expect(watch.state()).toMatchObject({
    last_ok_at: at(4).toISOString(),
    last_failed_at: at(3).toISOString(),
  });
});
