import { EndpointError } from "../../../model-endpoint/endpoint-error.ts";
import type { Sleep } from "../../../model-endpoint/request.ts";
import { type Statement, statementOf } from "../../statement/statement.ts";
import { asEvidence } from "../as-evidence.ts";
import type { Extractor } from "../extractor.ts";
import { mostLessons, type Lesson } from "../../lessons/lesson.ts";
import { tidyText } from "../../normalise/normalise-messages.ts";
import { mostStatements } from "../reading-limits.ts";
import { createAskModel, failureOf, type ModelOptions } from "./ask-model.ts";
import type { IsSupported } from "./evidence.ts";
import { judgeLesson } from "./judge-lesson.ts";
import { extractionPrompt, lessonsPrompt, readPrompt } from "./prompt.ts";
import { quoteConversation, type CitableMessage } from "./quote.ts";
import { estimateTokens } from "./tokens.ts";
import { memoriesFormat, type ModelMemory } from "./read-answer.ts";
import { lessonsFormat } from "./read-lessons.ts";
import type { TokensUsed } from "./read-completion.ts";
import { planReading } from "./windows.ts";

/** The options of the LLM extractor. */
export interface LlmOptions extends ModelOptions {
  /** The largest part of a conversation in one request, in estimated tokens. */
  readonly windowTokens: number;
  /** The budget for all requests of one job, in estimated tokens. Answers and repeated requests do not count. */
  readonly budgetTokens: number;
}

const concurrentRequests = 3;
const longestStatement = 1000; // characters

/** An extractor that asks a model at an OpenAI-compatible endpoint. It keeps only statements that the cited messages support. */
export function createLlmExtractor(options: LlmOptions, sleep?: Sleep): Extractor {
  const askModel = createAskModel(options, sleep);
  return {
    name: "llm",
    async extract(messages, { signal = new AbortController().signal, findsLessons = false }) {
      const instructions = await readPrompt(extractionPrompt);
      const lessonInstructions = findsLessons ? await readPrompt(lessonsPrompt) : "";
      const { windows, unread } = planReading(messages, {
        ...options,
        // With lessons, each window is read twice.
        budgetTokens: findsLessons ? options.budgetTokens / 2 : options.budgetTokens,
        overheadTokens: Math.max(estimateTokens(instructions), estimateTokens(lessonInstructions)),
      });
      const failed = new AbortController();
      let [promptTokens, completionTokens] = [0, 0];
      const reading = {
        signal: AbortSignal.any([signal, failed.signal]),
        onTokens({ prompt, completion }: TokensUsed) {
          promptTokens += prompt;
          completionTokens += completion;
        },
      };
      const fail = (error: unknown) => {
        failed.abort();
        throw error instanceof EndpointError ? failureOf(error) : error;
      };
      const read = (window: readonly CitableMessage[]) => readWindow(window, { ...reading, instructions });
      const found = await withConcurrency(windows, read).catch(fail);
      const learn = (window: readonly CitableMessage[]) =>
        readLessons(window, { ...reading, instructions: lessonInstructions });
      const lessons = await withConcurrency(findsLessons ? windows : [], learn).catch(fail);
      const judged = found.flat();
      const statements = judged.filter((statement) => statement !== undefined);
      const left = statements.slice(mostStatements.perJob);
      return {
        statements: statements.slice(0, mostStatements.perJob),
        lessons: lessons.flat().slice(0, mostLessons),
        failed: [...new Set([...unread, ...left.flatMap(({ sourceIndexes }) => sourceIndexes)])],
        by: {
          name: "llm",
          model: options.model,
          prompt: extractionPrompt,
          unreadMessages: unread.length,
          refusedClaims: judged.length - statements.length,
          ...(promptTokens + completionTokens > 0 && { promptTokens, completionTokens }),
        },
      };
    },
  };

  /** The statements that the model finds in a window; undefined for each that is refused. */
  async function readWindow(
    window: readonly CitableMessage[],
    reading: Reading,
  ): Promise<(Statement | undefined)[]> {
    const prompt = quoteConversation(window);
    try {
      const { memories, unreadable } = await askModel({ ...reading, answer: memoriesFormat, prompt });
      const { createEvidence } = await import("./evidence.ts"); // loads 16 languages of dates
      const isSupported = createEvidence();
      return [
        ...memories.map((memory) => judge(memory, window, isSupported)),
        ...Array.from({ length: unreadable }, () => undefined),
      ];
    } catch (error) {
      if (!isTooMuch(error) || window.length === 1) throw error;
      // A shorter window gets a shorter answer.
      const middle = Math.ceil(window.length / 2);
      const halves = [window.slice(0, middle), window.slice(middle)];
      const found = [];
      for (const half of halves) found.push(...(await readWindow(half, reading)));
      return found;
    }
  }

  /** The lessons that the model finds in a window; none if it gives no usable answer. */
  async function readLessons(
    window: readonly CitableMessage[],
    reading: Reading,
  ): Promise<readonly Lesson[]> {
    const prompt = quoteConversation(window);
    try {
      const lessons = await askModel({ ...reading, answer: lessonsFormat, prompt });
      return lessons.flatMap((lesson) => judgeLesson(lesson, window) ?? []);
    } catch (error) {
      if (error instanceof EndpointError && error.fault !== "unavailable") return [];
      throw error;
    }
  }
}

/** What all windows of a conversation share. */
interface Reading {
  readonly instructions: string;
  readonly signal: AbortSignal;
  readonly onTokens: (tokens: TokensUsed) => void;
}

function isTooMuch(error: unknown): boolean {
  return error instanceof EndpointError && (error.fault === "truncated" || error.fault === "too_long");
}

/** Makes a statement from one memory of the answer; undefined if it cites no human message or the messages do not support it. */
function judge(
  { text, messages }: ModelMemory,
  window: readonly CitableMessage[],
  isSupported: IsSupported,
): Statement | undefined {
  const tidy = aboutUser(tidyText(text).replaceAll("\n", " "));
  const ids = new Set(messages);
  const cited = window.filter(({ citedAs }) => ids.has(citedAs));
  const speaker = cited.findLast((message) => message.speaker === "user");
  const citable = new Set(cited.map(({ citedAs }) => citedAs));
  const citesOnlyThese = [...ids].every((id) => citable.has(id));
  const isStatement = /^User(?:['’]s)? \S/.test(tidy) && tidy.length <= longestStatement;
  if (speaker === undefined || !citesOnlyThese || !isStatement || !isSupported(tidy, asEvidence(cited)))
    return undefined;
  return statementOf(tidy, speaker, cited);
}

/** Makes a statement begin like all others: "the user likes tea" becomes "User likes tea". */
function aboutUser(text: string): string {
  return text.replace(/^(?:[-*•] )?(?:(?:the|a|this) )?user(['’]s(?= )|\b)/i, (_, own: string) =>
    own === "" ? "User" : "User's",
  );
}

/** Works on a few items at a time. The results are in the order of the items. Rejects with the first error. */
async function withConcurrency<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const rest = items.entries();
  const lane = async () => {
    for (const [index, item] of rest) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: concurrentRequests }, lane));
  return results;
}
