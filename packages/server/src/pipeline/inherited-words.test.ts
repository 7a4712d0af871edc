// Every object of JavaScript inherits names such as "constructor". In a text they are words like any other.
import type { MemoryId } from "@memlane/core";
import { parseUuidHex } from "@memlane/core/internal";
import { expect, test } from "vitest";
import { createOfflineExtractor } from "./extract/english/offline-extractor.ts";
import { normaliseMessages } from "./normalise/normalise-messages.ts";
import { reconcile } from "./reconcile/reconcile.ts";
import { isPersonal } from "./share/is-personal.ts";
import { tripleOf } from "./statement/triple.ts";

const frames = [
  "I WORD every morning.",
  "I haven't WORD in months.",
  "I no longer WORD.",
  "I used to WORD, and now I WORD less.",
  "I use WORD for notes.",
  "I switched from WORD to Notion.",
  "I moved to WORD last year.",
  "I have a WORD and two WORDs.",
  "My WORD is WORD now.",
  "My sister WORD is a WORD.",
  "I love WORD, but I don't like WORD anymore.",
  "The user WORD works at WORD.",
];
const words = [...Object.getOwnPropertyNames(Object.prototype), "prototype", "then", "length"];

test.each(words)("%s is read and compared as a word", async (word) => {
  const wire = frames.map((frame) => ({ role: "user", content: frame.replaceAll("WORD", word) }));
  const messages = normaliseMessages(wire, null);
  const { statements, failed } = await createOfflineExtractor().extract(messages, {});
  expect(failed).toEqual([]);
  expect(statements.length).toBeGreaterThan(5);
  let count = 0;
  const newId = () => parseUuidHex((count += 1).toString(16).padStart(32, "0")) as MemoryId;
  reconcile(statements, { facts: [], arrivedAt: new Date(0) }, newId);
  for (const { text } of statements) {
    isPersonal(text);
    const { subject, object } = tripleOf(text, null);
    expect([typeof subject, typeof object]).toEqual(["string", "string"]);
  }
});
