import { setImmediate as nextTurn } from "node:timers/promises";
import { type Statement, statementOf } from "../../statement/statement.ts";
import type { Extractor } from "../extractor.ts";
import type { Message } from "../../normalise/normalise-messages.ts";
import { findLessons } from "../../lessons/find-lessons.ts";
import { mostCharacters, mostStatements, shortestLine } from "../reading-limits.ts";
import { agreedStatement, isAgreement } from "./agreement.ts";
import { changesIn } from "./changes.ts";
import { writeOutIs } from "./contractions.ts";
import { toFirstPerson } from "./first-person.ts";
import { nameFavourites } from "./favourites.ts";
import { isReturned, questionOf } from "./question.ts";
import { linesOf } from "./lines.ts";
import { toPlainEnglish } from "./plain-english.ts";
import { newNamesIn } from "./new-names.ts";
import { ownMeetings } from "./own-meetings.ts";
import { mayHaveOwnSubject } from "./own-subject.ts";
import { quotationsIn } from "./other-languages.ts";
import { createReader, type Reader } from "./reader.ts";
import { namedPeopleIn } from "./named-people.ts";
import { answerInFull } from "./short-answers.ts";
import { instructionsIn } from "./standing-instructions.ts";
import { statementTextsOf } from "./statement-texts.ts";

/** After this time the extractor yields, so that a long conversation does not block the process. */
const turnMs = 10;

/** How many characters at the end of a message are searched for the statement that "me too" refers to. */
const reachOfAgreement = 300;

/** Only lines with one of these words, or with a note such as "Renting a room", are tagged, because tagging is slow. */
const firstPerson = /\b(?:i|i?'?m|i'?ve|my|we|our|calls? me)\b/i;
const withoutSubject =
  /(?<=^|[.!?] )(?:in|off|back) (?:\p{Lu}|bed\b|hospital\b)|(?:^|[.!?] )(?:\p{L}+ )?\p{L}+ing (?![^.!?]*(?:\?|\b(?:is|are|was|were|can|will|be|s?he|they|you)\b))/iu;

/**
 * An extractor without a key or a network: English rules over tagged words. The same messages always give the same statements. It
 * leaves out what is uncertain or not in the first person, and quotes what is not English. A message that exceeds a limit of
 * `reading-limits.ts` is read up to the limit and reported as failed.
 */
export function createOfflineExtractor(read: Reader = createReader()): Extractor {
  return {
    name: "offline",
    extract: async (messages, { signal, onMessage, findsLessons = false }) => {
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
        const content = beginningOf(message.ownContent, mostCharacters.perMessage);
        const changes: string[] = [];
        for (const texts of textsIn(countingRead, messages, index, { content, changes })) {
          const taken = texts.slice(0, most.statements - statements.length);
          statements.push(...taken.map((text) => statementOf(sayOf(message, text), message)));
          if (taken.length < texts.length || characters > most.characters) return false;
          if (performance.now() - turnStartedMs > turnMs) {
            await nextTurn();
            signal?.throwIfAborted();
            turnStartedMs = performance.now();
          }
        }
        const known = new Set(statements.map(({ text }) => text));
        for (const text of changes.slice(0, most.statements - statements.length))
          if (!known.has(text))
            statements.push({ ...statementOf(sayOf(message, text), message), onlyAsSuccessor: true });
        return content === message.ownContent;
      };

      const isAmongOthers = messages.every(({ speaker }) => speaker !== "user");
      for (const [index, message] of messages.entries()) {
        signal?.throwIfAborted();
        if (message.speaker !== "user" && !(isAmongOthers && isNamedPerson(message))) continue;
        onMessage?.(message.index);
        try {
          if (characters > mostCharacters.perJob || !(await readMessage(index))) failed.push(message.index);
        } catch {
          signal?.throwIfAborted();
          failed.push(message.index); // an error in a rule fails only this message
        }
      }
      const lessons = findsLessons ? findLessons(messages) : [];
      return { statements, lessons, failed, by: { name: "offline" } };
    },
  };
}

const personalName = /^\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){0,2}$/u;

/** Whether the writer of a message has a name. */
function isNamedPerson({ speaker, role }: Message): boolean {
  return speaker === "other" && personalName.test(role);
}

/** What a message says, with its writer's name if the writer is not the user: `Ann lives in Oslo.` */
function sayOf({ speaker, role }: Message, text: string): string {
  return speaker === "user" ? text : text.replaceAll(/\bUser\b/g, role);
}

/** The text up to the last line or sentence that ends within this many characters. */
function beginningOf(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const beginning = text.slice(0, characters);
  const end = Math.max(...["\n", ". ", "! ", "? "].map((mark) => beginning.lastIndexOf(mark)));
  return beginning.slice(0, end + 1);
}

/**
 * The texts of the statements in a message. Yields often, so that the caller can stop or pause. Adds to `changes` what is stored
 * only if it ends a fact.
 */
function* textsIn(
  read: Reader,
  messages: readonly Message[],
  index: number,
  { content, changes }: { readonly content: string; readonly changes: string[] },
): Generator<readonly string[], void> {
  const message = messages[index]!;
  const previous = messages[index - 1];
  const other = previous === undefined || previous.role === message.role ? undefined : previous;
  const question = other === undefined ? null : questionTo(messages, index);
  if (other !== undefined && isAgreement(content)) {
    const agreed = agreedStatement(content, readLine(read, lastSayingOf(other.ownContent)));
    if (agreed !== null) yield [agreed];
  }
  const answer = question && answerInFull(question, content, (word) => isCommonWord(read, word));
  if (answer !== null) yield readLine(read, answer);
  for (const line of linesOf(content).map(toFirstPerson).map(ownMeetings)) {
    const { texts, rest } = instructionsIn(line);
    if (texts.length > 0) yield texts;
    const isOwn = firstPerson.test(rest) || withoutSubject.test(rest) || mayHaveOwnSubject(rest);
    const plain = toPlainEnglish(rest);
    const own = isOwn ? readPlain(read, nameFavourites(plain, question)) : [];
    if (isOwn) yield own;
    changes.push(...changesIn(rest, own.length === 0));
    yield newNamesIn(rest);
    const named = namedPeopleIn(plain, (word) => !isCommonWord(read, word.toLowerCase()));
    if (named.length > 0) yield named.filter((text) => !own.includes(text));
  }
  yield* quotationsIn(content, read);
}

/** The question that this message may answer. "What about you?" repeats the question that the writer of this message asked. */
function questionTo(messages: readonly Message[], index: number): string | null {
  const question = questionOf(messages[index - 1]!.content);
  const own = messages[index - 2];
  if (question === null || !isReturned(question)) return question;
  return own?.role === messages[index]!.role ? questionOf(own.content) : null;
}

/** The last sentence of a message. Questions are skipped. */
function lastSayingOf(content: string): string {
  const sentences = content.slice(-reachOfAgreement).split(/(?<=[.!?])\s+|\n/);
  return sentences.findLast((sentence) => !sentence.endsWith("?")) ?? "";
}

function isCommonWord(read: Reader, word: string): boolean {
  const token = read(word)[0]?.[0];
  return token !== undefined && token.inLexicon && token.tag !== "PROPN";
}

function readLine(read: Reader, line: string): readonly string[] {
  return readPlain(read, toPlainEnglish(line));
}

function readPlain(read: Reader, line: string): readonly string[] {
  return read(line).map(writeOutIs).flatMap(statementTextsOf);
}
