import { setImmediate as nextTurn } from "node:timers/promises";
import type { Claim } from "../claim.ts";
import type { Extractor } from "../extractor.ts";
import { fingerprintOf } from "../fingerprint.ts";
import type { Message } from "../message.ts";
import { topicOf } from "../topic.ts";
import { wordSet } from "../word-set.ts";
import { linesOf } from "./lines.ts";
import { toPlainEnglish } from "./plain-english.ts";
import { createReader, type Reader } from "./reader.ts";
import { answerInFull } from "./short-answers.ts";
import { statementsOf } from "./statements.ts";

/** Who speaks for a machine: context only. Whoever else speaks is a user. */
const machineRoles = wordSet("assistant system tool developer function model ai bot");

/** How much is read before others have their turn, so that a long conversation does not hold up the process (10 ms). */
const charactersPerTurn = 20_000;

/** Only lines in which somebody speaks of themselves are read: most are not, and reading is the costly part. */
const firstPerson = /\b(?:i|i?'?m|i'?ve|my|we|calls? me)\b/i;

/**
 * An extractor that needs no key and no network: rules over a small model of English, with the same claims for the
 * same messages every time. What is not English, not in the first person or not certain is left out.
 */
export function createOfflineExtractor(): Extractor {
  const read = createReader();
  return {
    name: "offline",
    extract: async (messages, { signal }) => {
      const claims: Claim[] = [];
      let charactersRead = 0;
      for (const [index, message] of messages.entries()) {
        signal?.throwIfAborted();
        for (const line of isMachine(message) ? [] : linesToRead(read, message, messages[index - 1])) {
          charactersRead += line.length;
          if (charactersRead > charactersPerTurn) {
            await nextTurn();
            signal?.throwIfAborted();
            charactersRead = 0;
          }
          claims.push(...statementsIn(read, line).map((text) => claimOf(text, message)));
        }
      }
      return claims;
    },
  };
}

function isMachine({ role }: Message): boolean {
  return machineRoles.has(role.trim().toLowerCase());
}

/** The lines in the first person, before them what the message answers in short to whoever spoke last. */
function linesToRead(read: Reader, message: Message, before: Message | undefined): readonly string[] {
  const lines = linesOf(message.content).filter((line) => firstPerson.test(line));
  if (before === undefined || before.role === message.role) return lines;
  const answer = answerInFull(before.content, message.content, (word) => isCommonWord(read, word));
  return answer === null ? lines : [answer, ...lines];
}

function isCommonWord(read: Reader, word: string): boolean {
  const token = read(word)[0]?.[0];
  return token !== undefined && token.known && token.tag !== "PROPN";
}

function statementsIn(read: Reader, line: string): readonly string[] {
  return read(toPlainEnglish(line)).flatMap(statementsOf);
}

function claimOf(text: string, { role, eventId }: Message): Claim {
  return {
    text,
    ...topicOf(text),
    fingerprint: fingerprintOf(text),
    sourceRole: role,
    sourceEventIds: eventId === null ? [] : [eventId],
  };
}
