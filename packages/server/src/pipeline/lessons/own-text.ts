import type { Message } from "../normalise/normalise-messages.ts";
import { ownWordsOf } from "../normalise/own-words.ts";

const mostCharacters = 50_000; // of a message

/** The agent itself. The outputs of tools are not its own words. */
const agentRole = /^(?:assistant|agent|ai|model|bot)$/i;

/** What the user or the agent says in a message, without quoted texts. Empty for other speakers. */
export function ownTextOf({ speaker, role, content, ownContent }: Message): string {
  if (speaker === "user") return ownContent.slice(0, mostCharacters);
  return speaker === "machine" && agentRole.test(role) ? ownWordsOf(content.slice(0, mostCharacters)) : "";
}
