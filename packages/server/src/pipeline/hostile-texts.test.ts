// The time must not grow much faster than the length of a text: four times the text must take less than eight times the time.
import { randomInt } from "node:crypto";
import type { MemoryId } from "@memlane/core";
import { parseUuidHex } from "@memlane/core/internal";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Statement, statementOf } from "./statement/statement.ts";
import { reportMessages } from "./persist/message-reports.ts";
import { normaliseMessages, type WireMessage } from "./normalise/normalise-messages.ts";
import { createOfflineExtractor } from "./extract/english/offline-extractor.ts";
import { findArtifacts } from "./artifacts/find-artifacts.ts";
import { findLessons } from "./lessons/find-lessons.ts";
import { identifiersIn } from "./lessons/identifiers.ts";
import { reconcile } from "./reconcile/reconcile.ts";
import { fitsPrompt, readPromptWords } from "./share/fits-prompt.ts";
import { isPersonal } from "./share/is-personal.ts";
import { tripleOf } from "./statement/triple.ts";

const extractor = createOfflineExtractor();

/** Shorter times are noise on a busy machine. The unit is milliseconds of this thread's processor time. */
const leastMs = 10;

function createIds(from: number): () => MemoryId {
  let count = from;
  return () => parseUuidHex((count += 1).toString(16).padStart(32, "0")) as MemoryId;
}

/** The time of each stage, in milliseconds of processor time. */
type Times = Readonly<Record<string, number>>;

async function timeStages(wire: readonly WireMessage[], format: string | null): Promise<Times> {
  const times: Record<string, number> = {};
  const timed = async <Result>(stage: string, run: () => Result | Promise<Result>) => {
    const { user, system } = process.threadCpuUsage();
    const result = await run();
    const now = process.threadCpuUsage();
    times[stage] = (now.user + now.system - user - system) / 1000;
    return result;
  };
  const dated = wire.map((message) => ({ date: "2024-05-03", ...message }));
  const messages = await timed("normalise", () => normaliseMessages(dated, format));
  const { statements, failed } = await timed("extract", () => extractor.extract(messages, {}));
  await timed("learn", () => findLessons(messages));
  const texts = wire.map(({ content }) => content);
  await timed("recall", () => texts.map(identifiersIn));
  await timed("find artifacts", () => findArtifacts(wire));
  // The judge refuses long lines, so its rules are called without it.
  await timed("find personal", () => texts.map(isPersonal));
  await timed("fit prompts", () =>
    texts.map((text) => fitsPrompt({ text, factType: null }, readPromptWords(text))),
  );
  await timed("split", () => texts.map((text) => tripleOf(text, null)));
  const decisions = await timed("reconcile", () =>
    reconcile(statements, { facts: [], arrivedAt: new Date(0) }, createIds(0)),
  );
  await timed("report", () => reportMessages(wire, decisions, failed));
  return times;
}

/**
 * Compares the times of a text and of four times the text. Repeats the comparison if it fails: once because of noise, and then with
 * longer texts, because a text may be split only if it is long.
 */
async function expectNearLinear(time: (size: number) => Promise<Times>, size: number): Promise<void> {
  let slow: readonly string[] = ["not measured"];
  for (let attempt = 0; attempt < 4 && slow.length > 0; attempt += 1) {
    const length = attempt < 2 ? size : 2 * size;
    const large = await time(4 * length);
    const suspects = Object.keys(large).filter((stage) => large[stage]! > 8 * leastMs);
    if (suspects.length === 0) return;
    const small = await time(length);
    slow = suspects
      .filter((stage) => large[stage]! > 8 * small[stage]!)
      .map((stage) => `${stage}: ${small[stage]} ms, and ${large[stage]} ms for four times as much`);
  }
  expect(slow).toEqual([]);
}

const repeated = (unit: string, length: number) =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
const numbered = (sentences: (index: number) => string, length: number) => {
  let text = "";
  for (let index = 0; text.length < length; index += 1) text += `${sentences(index)} `;
  return text;
};

/** The places that a hostile stretch may have in a message. Different rules read each place. */
const shapes: Readonly<Record<string, (unit: string, length: number) => readonly WireMessage[]>> = {
  "in one word": (unit, length) => [{ role: "user", content: `I like ${repeated(unit, length)}a.` }],
  "as an answer": (unit, length) => [
    { role: "assistant", content: "Where do you live?" },
    { role: "user", content: `${repeated(unit, length)}a` },
  ],
  "in lines that are read": (unit, length) => [
    { role: "user", content: repeated(`I like ${repeated(unit, length / 10)}\n`, length) },
  ],
  // Half the length, because each line is a statement, which takes the time of many characters.
  "at the beginning of lines": (unit, length) => [
    { role: "user", content: repeated(`${unit}I like tea\n`, length / 2) },
  ],
  "in a question and an agreement": (unit, length) => [
    { role: "assistant", content: `${repeated(unit, length)}?` },
    { role: "user", content: `Me too. ${repeated(unit, length)}` },
  ],
};

const marks =
  " .,;:!?'\"“”«»()[]{}<>-–—…*_/\\@#&+=%$~`|^。！？ \t \n \0 \u2028 \u00A0 \u200B \u200D \uD800 \uFE0F";
const letters = "0 A a é ß 中 あ 가 ᄀ ب ह ñ ℹ 😀 😀\u200D 🇩 👍🏽 \u0301 \u0301\u0316 a\u0301";
const phrases = `and|I have a|my|'s|I|I'm|oh|no way,|to|it|them|tea,|a,|because I|who|my favorite|not|very|is|please|call me|
  I think I would say|that|when I|I like to|dog and cat|of|I am a nurse who|swim,|my dog, Rex,|12|twenty-|twenty one|in|A.|(a)|
  :)|e.g.|x@y.z|https://a.b/c|can't|yes,|on Sundays I|the|been|years ago I|yesterday|on the 5th of|last|and I|, and|same here|what about you?|"I|User's|
  Ich wohne gern in|Ты|I moved to X.|Where do you live?|
  <a>|</a>|<b c>|[QUOTE]|\`\`\`|"""|> |He said: “|He said: "a" |said:|translate:|Dear x,|Best regards,|On Mon wrote:|From: a|{"a":|[1,|Bob: |[10:02]|
  a,b|"I am|*I am|He said "I am|$ a|[Verse]|Fix this text:|Always use|never use|When you ask,`;
const units = [
  ...Array.from(marks),
  ...letters.split(" "),
  ...phrases.split("|").flatMap((phrase) => [phrase.trim(), `${phrase.trim()} `]),
];

test("near-linear time to normalise any stretch", async () => {
  for (const unit of units) {
    const time = async (size: number) => {
      const content = repeated(unit, size);
      const { user } = process.threadCpuUsage();
      normaliseMessages([{ role: "user", content }]);
      return { normalise: (process.threadCpuUsage().user - user) / 1000 };
    };
    await expectNearLinear(time, 20_000).catch((cause: unknown) => {
      throw new Error(`for ${JSON.stringify(unit)}`, { cause });
    });
  }
}, 60_000);

test.each(Object.entries(shapes))(
  "near-linear time for any stretch %s",
  async (_, shape) => {
    for (const unit of units) {
      await expectNearLinear((size) => timeStages(shape(unit, size), null), 4000).catch((cause: unknown) => {
        throw new Error(`for ${JSON.stringify(unit)}`, { cause });
      });
    }
  },
  120_000,
);

/** A format without a directive, and a date with the same text. */
const literals = (length: number) => numbered((index) => `x${index}`, length);

const conversations: Readonly<Record<string, (length: number) => readonly WireMessage[]>> = {
  "short messages": (length) =>
    Array.from({ length: length / 10 }, (_, index) => ({ role: "user", content: `I am ${index}` })),
  "many speakers": (length) =>
    Array.from({ length: length / 10 }, (_, index) => ({
      role: `guest ${index}`,
      content: "Same here. You?",
    })),
  "empty lines": (length) => [{ role: "user", content: repeated("\n", length) }],
  "short lines": (length) => [{ role: "user", content: repeated("i a\n", length) }],
  "new words": (length) => [
    { role: "user", content: numbered((index) => `I qx${index}z wv${index}.`, length) },
  ],
  "sentences in no language": (length) => [
    { role: "user", content: numbered((index) => `qxz wvq zzx kkj ${index.toString(36)}.`, length) },
  ],
  "long dates": (length) =>
    Array.from({ length: length / 50 }, () => ({ role: "user", content: "Hi", date: literals(length / 10) })),
};

test.each(Object.entries(conversations))(
  "near-linear time for %s",
  async (_, conversation) => {
    await expectNearLinear((size) => timeStages(conversation(size), literals(size / 10)), 8000);
  },
  60_000,
);

/** Sentences that one user may repeat, each time with another thing. */
const series: readonly (readonly [before: (index: number) => string, after: (index: number) => string])[] = [
  [(i) => `User has a red pen number ${i}.`, (i) => `User has a ${i} pen.`],
  [(i) => `User has a pen number ${i}.`, (i) => `User sold their pen number ${i}.`],
  [(i) => `User has a pen from Rome number ${i}.`, (i) => `User sold their pen number ${i}.`],
  [(i) => `User has a t-shirt ${i}.`, (i) => `User returned the t-shirt ${i + 1}.`],
  [(i) => `User has a pen number ${i}.`, (i) => `User no longer has a pen number ${i}.`],
  [(i) => `User likes tea number ${i}.`, (i) => `User does not like tea number ${i + 1}.`],
  [(i) => `User drinks tea number ${i}.`, (i) => `User gave up tea number ${i}.`],
  [(i) => `User wants to buy a pen number ${i}.`, (i) => `User bought a pen number ${i}.`],
  [(i) => `User wants to buy a pen ${i}.`, () => "User bought a pen."],
  [(i) => `User is planning a trip number ${i}.`, (i) => `User cancelled their trip number ${i}.`],
  [(i) => `User wants a ${i} new trip.`, (i) => `User cancelled their ${i} trip.`],
  [(i) => `User has a dog named Rex${i}.`, (i) => `User's dog Rex${i + 1} died.`],
  [(i) => `User has a ${i} girlfriend.`, (i) => `User broke up with their girlfriend ${i}.`],
  [(i) => `User's favorite thing${i} is blue.`, (i) => `User's favorite thing${i} is no longer blue.`],
  [(i) => `User works at Place${i}.`, () => "User quit their job."],
  [(i) => `User uses tool ${i} for notes.`, (i) => `User uses gadget ${i} for notes now.`],
  [(i) => `User uses tool${i}.`, (i) => `User switched from tool${i} to gadget${i}.`],
  [(i) => `User drinks tea number ${i}.`, (i) => `User does not drink tea number ${i} anymore.`],
  [(i) => `User eats meat ${i}.`, (i) => `User is vegan ${i}.`],
];

test("near-linear time to reconcile many similar statements", async () => {
  const statement = (text: string): Statement =>
    statementOf(text, { role: "user", saidAt: null, eventId: null, index: 0 });
  for (const [before, after] of series) {
    // Making the statements takes as long as reconciling them, so both orders use the same ones.
    const time = async (size: number) => {
      const indexes = Array.from({ length: size }, (_, index) => index);
      const facts = indexes.map((index) => {
        const { text, slot, fingerprint } = statement(before(index));
        const times = { firstSaidAt: new Date(0), lastSaidAt: new Date(index), invalidAt: null, version: "" };
        return { id: createIds(index)(), text, slot, fingerprint, ...times };
      });
      const statements = indexes.flatMap((index) => [
        statement(before(size + index)),
        statement(after(index)),
      ]);
      const reconciledAt = (arrivedAt: Date) => {
        const { user } = process.threadCpuUsage();
        reconcile(statements, { facts, arrivedAt }, createIds(size));
        return (process.threadCpuUsage().user - user) / 1000;
      };
      return { "in order": reconciledAt(new Date(size)), "too late": reconciledAt(new Date(0)) };
    };
    await expectNearLinear(time, 100).catch((cause: unknown) => {
      throw new Error(`for ${before(1)} ${after(1)}`, { cause });
    });
  }
}, 120_000);

const seed = Number(process.env["MEMLANE_SEED"] ?? randomInt(1, 2 ** 31));
test(`near-linear time for texts made up by MEMLANE_SEED=${seed}`, async () => {
  const stretch = fc
    .tuple(
      fc.array(fc.constantFrom(...units), { minLength: 1, maxLength: 6 }),
      fc.constantFrom("", " ", "\n", ". I "),
    )
    .map(([pieces, joint]) => pieces.join(joint));
  const anyText = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 });
  const hostile = fc.tuple(fc.oneof(stretch, anyText), fc.constantFrom(...Object.values(shapes)));
  for (const [unit, shape] of fc.sample(hostile, { seed, numRuns: 40 })) {
    await expectNearLinear((size) => timeStages(shape(unit, size), null), 4000).catch((cause: unknown) => {
      throw new Error(`for ${JSON.stringify(unit)}`, { cause });
    });
  }
}, 120_000);
