import type { Claim } from "./claim.ts";
import type { Message } from "./message.ts";

/** What an extraction takes beside the messages. */
interface ExtractOptions {
  /** Ends the extraction with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Finds what is worth remembering in a conversation; claims come in the order in which they were said. */
export interface Extractor {
  readonly name: string;
  readonly extract: (messages: readonly Message[], options: ExtractOptions) => Promise<readonly Claim[]>;
}
