import type { AgentInputItem } from "@openai/agents";
import type { SpokenMessage } from "../ai/turn-memory.ts";

/** What the user or the assistant said in words; undefined for every other item. */
export function spokenMessage(item: AgentInputItem): SpokenMessage | undefined {
  if (!("role" in item) || item.role === "system") return undefined;
  const content =
    typeof item.content === "string" ? item.content : item.content.map(textOf).join("\n").trim();
  return content.trim() === "" ? undefined : { role: item.role, content };
}

function textOf(part: { readonly type: string; readonly text?: unknown }): string {
  const isText = part.type === "input_text" || part.type === "output_text";
  return isText && typeof part.text === "string" ? part.text : "";
}
