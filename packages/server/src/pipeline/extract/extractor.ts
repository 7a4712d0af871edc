import type { ExtractorReport } from "@memlane/core";
import type { Statement } from "../statement/statement.ts";
import type { Message } from "../normalise/normalise-messages.ts";

/** What an extraction takes beside the messages. */
export interface ExtractOptions {
  /** Ends the extraction with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called before each message that is read in this process, with its position in the array that was submitted. */
  readonly onMessage?: ((index: number) => void) | undefined;
}

/** What an extraction brings. */
interface Extraction {
  /** In the order in which they were said. */
  readonly statements: readonly Statement[];
  /** The positions of messages that could not be read; none when absent. */
  readonly failed?: readonly number[];
  /** Who did it, for the job's result. */
  readonly by: ExtractorReport;
}

/**
 * Finds what is worth remembering in a conversation. One that needs something outside this process throws a
 * `MemlaneError`: `extractor_unavailable` where trying again later can help, `extraction_failed` where it cannot.
 */
export interface Extractor {
  readonly name: string;
  readonly extract: (messages: readonly Message[], options: ExtractOptions) => Promise<Extraction>;
}
