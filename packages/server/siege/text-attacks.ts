// Conversations that are hard to read.
import * as fc from "fast-check";
import { createJob, makeJob, request, type Strike } from "./strike.ts";

const largestText = 20_000_000; // for all dates together
const upTo = (most: number) => fc.integer({ min: Math.ceil(most / 20), max: most });
const repeat = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index));

/** Sends a conversation of a user who may have earlier ones. */
const sendConversation =
  (messages: () => readonly object[], more: () => object = () => ({})): Strike =>
  async (attacker) => {
    const body = { user_id: "user", conv_id: "c", messages: messages(), ...more() };
    await makeJob(attacker, body);
  };
const say = (content: () => string) => sendConversation(() => [{ role: "user", content: content() }]);

/** Where to put a hostile text, with its longest length there. */
const places: readonly { readonly longest: number; readonly strike: (text: string) => Strike }[] = [
  { longest: 300_000, strike: (text) => say(() => text) },
  {
    longest: 300_000,
    strike: (text) =>
      sendConversation(() => [
        { role: "assistant", content: "Where do you live?" },
        { role: "user", content: text },
      ]),
  },
  {
    longest: 16_000,
    strike: (text) => async (attacker) => {
      const memories = Array.from({ length: 20 }, () => ({ content: text, user_id: "user" }));
      await createJob(attacker, "/v1/batch", { headers: attacker.tenant.batchHeaders, body: { memories } });
    },
  },
  {
    longest: 4000,
    strike: (text) => async (attacker) => {
      await request(attacker, "POST", "/v1/memories/search", { body: { query: text, user_id: "user" } });
    },
  },
  {
    longest: 200,
    strike: (text) => sendConversation(() => [{ role: text, content: "I live in Paris.", dia_id: text }]),
  },
];
const place = fc.constantFrom(...places);

const persona = [
  "I grew up in a small town near the coast",
  "My sister works as a nurse in Porto",
  "I have two dogs and a cat",
  "Last year I visited Japan with my wife",
  "I really enjoy cooking Italian food on weekends",
  "The train was late again and everybody complained",
  "I used to play the violin when I was young",
  "My favorite color is green",
  "I want to learn Spanish next year",
];

/** A strike that creates its texts only when it runs. */
const lazily =
  (strike: () => Strike): Strike =>
  (attacker) =>
    strike()(attacker);

const adjectives = ["red", "blue", "green", "old", "new", "big", "small", "tiny"];
const things = ["pen", "book", "car", "boat", "lamp", "table", "chair", "house", "garden", "guitar"];
const beginnings = ["I have a", "I like the", "I own a", "My friend has a", "I want a", "I no longer have a"];

/** Pieces that a rule, a regular expression or the normalisation may read many times. */
const pieces = [
  ..."( [ { < \" ' ` * _ ~ # > | \\ / . , ; : ! ? - 0 a A é ß 。 、 「 👍 👩‍👩‍👧 \t \n".split(" "),
  "and ",
  "I ",
  "I have ",
  "not ",
  "that I ",
  "my ",
  "A.",
  "a.b",
  "1.",
  "Mr. ",
  "U.S.",
  "http://",
  "a@",
  "((",
  " (",
  "\r\n",
  "--",
  "...",
  "I'm ",
  "because ",
];

const marks = [
  "\u0301",
  "\u0316",
  "\u0300\u0316",
  "\u0301\u0316\u0327",
  "\u05b0\u0591",
  "\u1161\u11a8",
  "\ufe0f",
  "\u200d",
];

/** Attacks by the text of conversations. */
export const textAttacks = {
  "long prose": fc.tuple(upTo(200_000), fc.boolean()).map(([length, numbered]) =>
    say(() => {
      const sentences: string[] = [];
      for (let [index, sum] = [0, 0]; sum < length; index += 1) {
        const sentence = `${persona[(index * 7) % persona.length]}${numbered ? ` number ${index}` : ""}. `;
        sentences.push(sentence);
        sum += sentence.length;
      }
      return sentences.join("");
    }),
  ),
  possessions: fc
    .tuple(upTo(4000), fc.constantFrom(...beginnings), fc.constantFrom(".", ".\n", ", and"), fc.nat(1000))
    .map(([count, beginning, end, from]) =>
      say(() =>
        repeat(count, (index) => {
          const thing = `${adjectives[index % 8]} ${things[(index >> 3) % 10]}`;
          return `${beginning} ${thing} number ${from + index}${end}`;
        }).join(" "),
      ),
    ),
  "combining marks": fc
    .record({
      mark: fc.constantFrom(...marks),
      before: fc.constantFrom("a", "", "I like "),
      length: upTo(300_000),
      place,
    })
    .map(({ mark, before, length, place: { longest, strike } }) =>
      lazily(() => strike((before + mark.repeat(length / mark.length)).slice(0, longest))),
    ),
  "repeated pieces": fc
    .record({
      piece: fc.constantFrom(...pieces),
      before: fc.constantFrom("", "a", "I like "),
      after: fc.constantFrom("", "a", "!"),
      length: upTo(300_000),
      place,
    })
    .map(({ piece, before, after, length, place: { longest, strike } }) =>
      lazily(() => {
        const count = (Math.min(length, longest) - before.length - after.length) / piece.length;
        return strike(before + piece.repeat(Math.max(1, count)) + after);
      }),
    ),
  timestamp_format: fc
    .tuple(
      fc.constantFrom(3, 20, 100, 1000, 40_000),
      fc.integer({ min: 1, max: 200 }),
      fc.constantFrom("x# ", "%%", "%Y-%m-%d ", "%f", ".*", "(a+)+", "%"),
    )
    .map(([count, messages, directive]) => {
      const format = () =>
        repeat(count, (index) => directive.replace("#", String(index)))
          .join("")
          .slice(0, largestText / (messages + 1));
      return sendConversation(
        () => {
          const date = format();
          return repeat(messages, () => "").map(() => ({ role: "user", content: "hi", date }));
        },
        () => ({ timestamp_format: format() }),
      );
    }),
  "tiny messages": fc
    .tuple(
      fc.constantFrom(1000, 5000, 10_000, 20_000, 200_000),
      fc.constantFrom("a", "I like tea.", "?"),
      fc.constantFrom("user", "u", "assistant"),
    )
    .map(([count, content, role]) =>
      sendConversation(() => repeat(count, () => "").map(() => ({ role, content }))),
    ),
} satisfies Readonly<Record<string, fc.Arbitrary<Strike>>>;
