// Measures how many true statements about each speaker become memories, and how many memories are stored.
import type { Extractor } from "../src/pipeline/extract/extractor.ts";
import type { Speaker } from "./conversations.ts";
import { remember } from "./remember.ts";
import { tokenF1, tokensOf } from "./tokens.ts";

/** A speaker and the texts of the speaker's memories. */
export interface KnownSpeaker {
  readonly speaker: Speaker;
  readonly memories: readonly string[];
}

/** Shares, 0 or more. */
export interface Recovery {
  /** Statements with a similar memory of the speaker. */
  readonly recovered: number;
  /** The same share, with the speaker's sentences instead of memories. */
  readonly ceiling: number;
  /** Stored memories per sentence. */
  readonly economy: number;
}

const alike = 0.5;

/** Runs the extractor over one side of each conversation, one after the other. */
export async function rememberSpeakers(
  extractor: Extractor,
  speakers: readonly Speaker[],
): Promise<readonly KnownSpeaker[]> {
  const remembered: KnownSpeaker[] = [];
  for (const speaker of speakers) {
    const { active } = await remember(extractor, speaker.messages);
    remembered.push({ speaker, memories: active.map(({ text }) => text) });
  }
  return remembered;
}

/** Compares the speakers' memories with the true statements about them. */
export function measureRecovery(remembered: readonly KnownSpeaker[]): Recovery {
  let statements = 0;
  let recovered = 0;
  let reachable = 0;
  let memoryCount = 0;
  let sentenceCount = 0;
  for (const { speaker, memories } of remembered) {
    const sentences = speaker.turns.flatMap(sentencesOf);
    statements += speaker.persona.length;
    recovered += countAlike(speaker.persona, memories);
    reachable += countAlike(speaker.persona, sentences);
    memoryCount += memories.length;
    sentenceCount += sentences.length;
  }
  return {
    recovered: recovered / statements,
    ceiling: reachable / statements,
    economy: memoryCount / sentenceCount,
  };
}

/** The sentences of a turn, by the rules of Unicode for English. */
function sentencesOf(turn: string): readonly string[] {
  return [...segmenter.segment(turn)].map(({ segment }) => segment.trim()).filter((text) => text !== "");
}
const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

function countAlike(statements: readonly string[], texts: readonly string[]): number {
  const rememberedTokens = texts.map(tokensOf);
  return statements.filter((statement) => {
    const wanted = tokensOf(statement);
    return rememberedTokens.some((tokens) => tokenF1(wanted, tokens) >= alike);
  }).length;
}
