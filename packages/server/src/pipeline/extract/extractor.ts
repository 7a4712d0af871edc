import type { ExtractorReport } from "@memlane/core";
import type { Statement } from "../statement/statement.ts";
import type { Lesson } from "../lessons/lesson.ts";
import type { Message } from "../normalise/normalise-messages.ts";

/** The options of one extraction. */
export interface ExtractOptions {
  /** Ends the extraction with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Whether lessons and procedures are looked for. @default false */
  readonly findsLessons?: boolean | undefined;
  /** Called before each message that is read in this process, with its position in the submitted array. */
  readonly onMessage?: ((index: number) => void) | undefined;
}

/** The result of an extraction. */
interface Extraction {
  /** In the order in which they were said. */
  readonly statements: readonly Statement[];
  /** @default none */
  readonly lessons?: readonly Lesson[];
  /** The positions of messages that could not be read. @default none */
  readonly failed?: readonly number[];
  /** The extractor that was used. The job's result names it. */
  readonly by: ExtractorReport;
}

/**
 * Finds what is worth remembering in a conversation. If it fails, it throws a `MemlaneError`: `extractor_unavailable` if a later
 * attempt may succeed, `extraction_failed` if it will not.
 */
export interface Extractor {
  readonly name: string;
  readonly extract: (messages: readonly Message[], options: ExtractOptions) => Promise<Extraction>;
}
