import { setImmediate as nextTurn } from "node:timers/promises";
import { type Statement, statementOf } from "../../statement/statement.ts";
import type { Extractor } from "../extractor.ts";
import { isMachine } from "../machine-roles.ts";
import type { Message } from "../../normalise/normalise-messages.ts";
import { mostCharacters, mostStatements, shortestLine } from "../reading-limits.ts";
import { agreedStatement, isAgreement } from "./agreement.ts";
import { nameFavourites } from "./favourites.ts";
import { isReturned, questionOf } from "./question.ts";
import { linesOf } from "./lines.ts";
import { toPlainEnglish } from "./plain-english.ts";
import { quotationsIn } from "./other-languages.ts";
import { createReader, type Reader } from "./reader.ts";
import { answerInFull } from "./short-answers.ts";
import { statementTextsOf } from "./statement-texts.ts";

/** How long is read before others have their turn, so that a long conversation does not hold up the process. */
const turnMs = 10;

const reachOfAgreement = 300;

/** Only lines in which somebody speaks of themselves are read: most are not, and reading is the costly part. */
const firstPerson = /\b(?:i|i?'?m|i'?ve|my|we|calls? me)\b/i;

/**
 * An extractor that needs no key and no network: rules over a small model of English, with the same statements for the
 * same messages every time. What is not in the first person or not certain is left out, and what is not English is kept in
 * the words in which it was said. A message that exceeds the limits of `reading-limits.ts` is read up to the limit and reported as failed.
 */
export function createOfflineExtractor(read: Reader = createReader()): Extractor {
  return {
    name: "offline",
    extract: async (messages, { signal, onMessage }) => {
      const statements: Statement[] = [];
      const failed: number[] = [];
      let characters = 0; // read so far
      let turnStartedMs = performance.now();

      /** Reads one message. Returns whether it was read to its end. */
      const readMessage = async (index: number): Promise<boolean> => {
        const message = messages[index]!;
        const most = {
          characters: Math.min(mostCharacters.perJob, characters + mostCharacters.perMessage),
          statements: Math.min(mostStatements.perJob, statements.length + mostStatements.perMessage),
        };
        const countingRead: Reader = (line) => {
          characters += Math.max(line.length, shortestLine);
          return read(line);
        };
        const content = beginningOf(message.content, mostCharacters.perMessage);
        for (const texts of textsIn(countingRead, messages, index, content)) {
          const taken = texts.slice(0, most.statements - statements.length);
          statements.push(...taken.map((text) => statementOf(text, message)));
          if (taken.length < texts.length || characters > most.characters) return false;
          if (performance.now() - turnStartedMs > turnMs) {
            await nextTurn();
            signal?.throwIfAborted();
            turnStartedMs = performance.now();
          }
        }
        return content === message.content;
      };

      for (const [index, message] of messages.entries()) {
        signal?.throwIfAborted();
        if (isMachine(message)) continue;
        onMessage?.(message.index);
        try {
          if (characters > mostCharacters.perJob || !(await readMessage(index))) failed.push(message.index);
        } catch {
          signal?.throwIfAborted();
          failed.push(message.index); // what no rule can bear costs its message, and not the conversation
        }
      }
      return { statements, failed, by: { name: "offline" } };
    },
  };
}

/** The text up to the last line or sentence that ends within this many characters. */
function beginningOf(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const beginning = text.slice(0, characters);
  const end = Math.max(...["\n", ". ", "! ", "? "].map((mark) => beginning.lastIndexOf(mark)));
  return beginning.slice(0, end + 1);
}

/** What a message says of who wrote it, statement by statement. */
function* textsIn(
  read: Reader,
  messages: readonly Message[],
  index: number,
  content: string,
): Generator<readonly string[], void> {
  const message = messages[index]!;
  const previous = messages[index - 1];
  const other = previous === undefined || previous.role === message.role ? undefined : previous;
  const question = other === undefined ? null : questionTo(messages, index);
  if (other !== undefined && isAgreement(content)) {
    const agreed = agreedStatement(content, readLine(read, lastSayingOf(other.content)));
    if (agreed !== null) yield [agreed];
  }
  const answer = question && answerInFull(question, content, (word) => isCommonWord(read, word));
  if (answer !== null) yield readLine(read, answer);
  for (const line of linesOf(content)) {
    if (firstPerson.test(line)) yield readLine(read, nameFavourites(line, question));
  }
  yield* quotationsIn(content, read);
}

/** The question that this message may answer; "What about you?" hands back the one that its own writer asked. */
function questionTo(messages: readonly Message[], index: number): string | null {
  const question = questionOf(messages[index - 1]!.content);
  const own = messages[index - 2];
  if (question === null || !isReturned(question)) return question;
  return own?.role === messages[index]!.role ? questionOf(own.content) : null;
}

/** The last sentence of a message that asks nothing. */
function lastSayingOf(content: string): string {
  const sentences = content.slice(-reachOfAgreement).split(/(?<=[.!?])\s+|\n/);
  return sentences.findLast((sentence) => !sentence.endsWith("?")) ?? "";
}

function isCommonWord(read: Reader, word: string): boolean {
  const token = read(word)[0]?.[0];
  return token !== undefined && token.known && token.tag !== "PROPN";
}

function readLine(read: Reader, line: string): readonly string[] {
  return read(toPlainEnglish(line)).flatMap(statementTextsOf);
}
