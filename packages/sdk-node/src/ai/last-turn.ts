import type { LanguageModelMiddleware } from "ai";
import type { SpokenMessage } from "./turn-memory.ts";

/** The parameters of one call of a model. */
export type ModelCall = Parameters<NonNullable<LanguageModelMiddleware["wrapGenerate"]>>[0]["params"];
type PromptMessage = ModelCall["prompt"][number];

/** What the user said last, and what the assistant has said since. Empty if the user said nothing in words. */
export function lastTurn(prompt: ModelCall["prompt"]): readonly SpokenMessage[] {
  const start = prompt.findLastIndex(({ role }) => role === "user");
  const spoken = start === -1 ? [] : prompt.slice(start).flatMap((message) => spokenMessage(message) ?? []);
  return spoken[0]?.role === "user" ? spoken : [];
}

function spokenMessage(message: PromptMessage): SpokenMessage | undefined {
  if (message.role !== "user" && message.role !== "assistant") return undefined;
  const content = message.content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
  return content.trim() === "" ? undefined : { role: message.role, content };
}
