import { setImmediate as yieldToOthers } from "node:timers/promises";
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

/** Who speaks for a machine. What they say is context; whoever else speaks is the user. */
const machineRoles = wordSet("assistant system tool developer function ai bot");

/** How much text is read in one go, so that a long conversation does not hold up the process: about 10 ms. */
const charactersPerTurn = 20_000;

/**
 * An extractor that needs no key and no network: rules over a small model of English, the same claims for the same
 * messages every time. What is not English, not in the first person or not certain is left out.
 */
export function createOfflineExtractor(): Extractor {
  const read = createReader();
  return {
    name: "offline",
    extract: async (messages, { signal }) => {
      const claims: Claim[] = [];
      let charactersLeft = charactersPerTurn;
      for (const [index, message] of messages.entries()) {
        signal?.throwIfAborted();
        charactersLeft -= message.content.length;
        if (charactersLeft < 0) {
          await yieldToOthers();
          charactersLeft = charactersPerTurn;
        }
        if (isMachine(message.role)) continue;
        const before = messages[index - 1];
        const question = before !== undefined && before.role !== message.role ? before.content : null;
        for (const text of readMessage(read, message.content, question)) claims.push(claimOf(text, message));
      }
      return claims;
    },
  };
}

function isMachine(role: string): boolean {
  return machineRoles.has(role.trim().toLowerCase());
}

/** Only lines in which somebody speaks of themselves are read: most are not, and the model is the costly part. */
const firstPerson = /\b(?:i|i?'?m|i'?ve|my|we|calls? me)\b/i;

function readMessage(read: Reader, content: string, question: string | null): readonly string[] {
  const isCommonWord = (word: string) => {
    const token = read(word)[0]?.[0];
    return token !== undefined && token.known && token.tag !== "PROPN";
  };
  return linesOf(content).flatMap((line, at) => {
    const asked = at === 0 && question !== null ? answerInFull(question, content, isCommonWord) : null;
    const statements = firstPerson.test(line) ? statementsIn(read, line) : [];
    return asked === null ? statements : [...statementsIn(read, asked), ...statements];
  });
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
