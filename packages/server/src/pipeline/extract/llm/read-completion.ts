import * as z from "zod";

/** The parts of a completion that matter. */
export interface Completion {
  /** The arguments of tool calls, then the text, then the model's thinking. Each may contain the answer. */
  readonly parts: readonly unknown[];
  readonly text: string;
  readonly refusal: string | undefined;
  readonly end: "stop" | "length" | "filter";
  readonly tokens: TokensUsed;
}

/** The tokens that requests took, as the endpoint counts them. */
export interface TokensUsed {
  readonly prompt: number;
  readonly completion: number;
}

const text = z.string().nullish().catch(undefined);
const call = z
  .object({ arguments: z.union([z.string(), z.record(z.string(), z.unknown())]) })
  .nullish()
  .catch(undefined);
const calls = z
  .array(z.object({ function: call }).catch({ function: undefined }))
  .nullish()
  .catch(undefined);
const message = z.object({
  content: z.unknown(),
  refusal: text,
  reasoning_content: text,
  reasoning: text,
  tool_calls: calls,
  function_call: call,
});
const count = z.coerce.number().int().min(0).max(1e9).catch(0);
const usage = z
  .object({ prompt_tokens: count, completion_tokens: count, input_tokens: count, output_tokens: count })
  .catch({ prompt_tokens: 0, completion_tokens: 0, input_tokens: 0, output_tokens: 0 });
const completion = z.object({
  choices: z.array(z.object({ message, finish_reason: text })).min(1),
  usage,
});

/** Reads the answer to a request for a completion. Undefined if it is not a completion. */
export function readCompletion(body: unknown): Completion | undefined {
  const read = completion.safeParse(body);
  if (!read.success) return undefined;
  const { choices, usage: used } = read.data;
  const [{ message: said, finish_reason: reason }] = choices as [(typeof choices)[number]];
  const content = textOf(said.content);
  const refusal = [said.refusal, refusalIn(said.content)].find((each) => each);
  const called = [...(said.tool_calls ?? []).map((each) => each.function), said.function_call];
  const thought = said.reasoning_content ?? said.reasoning;
  const parts = [...called.flatMap((each) => each?.arguments ?? []), content, thought ?? ""];
  return {
    parts: parts.filter((part) => part !== ""),
    text: content,
    refusal: refusal ?? undefined,
    end: endOf(reason ?? ""),
    tokens: {
      prompt: used.prompt_tokens || used.input_tokens,
      completion: used.completion_tokens || used.output_tokens,
    },
  };
}

function endOf(reason: string): Completion["end"] {
  if (/length|max_?tokens|model_context_window/i.test(reason)) return "length";
  return /filter|safety|refusal|sensitive|prohibited|blocklist|recitation/i.test(reason) ? "filter" : "stop";
}

/** The text of a content: the string, or the texts of its parts. Leaves out the model's thinking. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (Array.isArray(content)) return content.map((part) => (isThought(part) ? "" : textOf(part))).join("");
  return typeof content === "object" &&
    content !== null &&
    "text" in content &&
    typeof content.text === "string"
    ? content.text
    : "";
}

function isThought(part: unknown): boolean {
  const type = typeof part === "object" && part !== null && "type" in part ? part.type : "";
  return typeof type === "string" && /think|reason|thought/i.test(type);
}

function refusalIn(content: unknown): string | undefined {
  const found = Array.isArray(content)
    ? content.find((part) => typeof part === "object" && part !== null && "refusal" in part)
    : undefined;
  return typeof found?.refusal === "string" ? found.refusal : undefined;
}
