// Finds the writer's own words in a message. Only these can make facts about the writer.
import { removeBlocks } from "./foreign-blocks.ts";
import { removePastedTexts } from "./pasted-texts.ts";
import { removeQuotations } from "./quotations.ts";

/** The marks of removed parts, with the punctuation after them. */
const foreignMarks = /\uFFFC[.,;!?]?/g;

/**
 * The part of a message that its writer says in their own words. Removes quoted and forwarded mail, letters, transcripts, logs,
 * data, code and marked documents; texts to work on ("Translate: …") and stories; and sentences with quotations. Each leaves a line
 * break. Pass the message as it was submitted, because indentation and empty lines separate the parts.
 */
export function ownWordsOf(message: string): string {
  // U+FFFC marks the removed parts, and U+FFFD replaces characters that could not be stored.
  const text = message.replaceAll(/[\uFFFC\uFFFD\0]/g, " ").replaceAll(/\r\n?|[\u2028\u2029]/g, "\n");
  return removeQuotations(removePastedTexts(removeBlocks(text))).replaceAll(foreignMarks, "\n");
}
