// Decides which names belong to the machine's side of a conversation.
import { wordSet } from "../word-lists.ts";

/** The roles that agent frameworks, chat templates and data sets give to the machine, its tools and its instructions. */
const machineRoles = wordSet(`
  assistant ai bot chatbot model agent machine llm computer copilot
  system developer platform root instruction instructions prompt context config
  tool function observation plugin api retriever environment ipython python interpreter code_interpreter executor terminal
  function_call function_response tool_call tool_calls tool_use tool_result tool_response tool_output computer_output
  critic planner router supervisor orchestrator group_chat_manager chat_manager
  analysis thinking thought reasoning reflection commentary final
  response completion output generated server automation webhook notification scheduler
`);

/** Families of models. A name is a machine's if it has only a family, a provider and a version. `Claude Martin` is a person's. */
const modelFamilies = wordSet(`
  gpt chatgpt claude gemini gemma bard palm llama mistral mixtral codestral grok deepseek qwen qwq cohere command
  vicuna alpaca bing copilot perplexity kimi chatglm glm ernie hunyuan davinci curie siri cortana o1 o3 o4
`);

/** Families that are also names of people. */
const peoplesNames = wordSet("claude gemma kimi siri ernie bard palm curie davinci");

/** What comes before a family: `openai/gpt-4o-mini`, `us.anthropic.claude-3-haiku`, `models/gemini-pro`. */
const providers = wordSet(`
  openai anthropic google meta facebook microsoft azure mistralai mistral xai x deepseek qwen alibaba cohere perplexity moonshot
  moonshotai zhipu zai tencent baidu amazon aws bedrock vertex vertexai groq together togetherai fireworks openrouter ollama
  huggingface nvidia cloudflare cf us eu apac global models publishers accounts ft my our the
`);

const versions = wordSet(`
  opus sonnet haiku pro flash mini nano turbo large medium small tiny instant ultra max plus preview latest lite instruct chat
  vision coder reasoner thinking base code text r micro premier express exp experimental
`);

/**
 * A name of several words is a machine's if it ends with one of `lastWords` or begins with one of `firstWords`: `Support Bot`,
 * `AI Assistant`, `tool:search`.
 */
const lastWords = wordSet("ai bot chatbot assistant agent model llm tool function gpt copilot system");
const firstWords = wordSet("assistant chatbot tool function system model llm bot agent");

/** Surnames and words that end like `HelpBot`. */
const wordsEndingLikeBot = wordSet("abbot talbot cabot");

/** Whether this role or name is the machine's: its model, a tool, or the instructions for it. */
export function isMachineName(name: string): boolean {
  const words = wordsOfName(name);
  const whole = words.join("_");
  if (machineRoles.has(whole) || words.includes("robot")) return true;
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return false;
  if (words.length > 1 && (lastWords.has(last) || firstWords.has(first))) return true;
  if (/(?:bot|gpt)$/.test(last) && last.length > 4 && !wordsEndingLikeBot.has(last)) return true;
  const family = words.findIndex(
    (word) => modelFamilies.has(word) || /^(?:gpt|llama|qwen|claude|phi)\d/.test(word),
  );
  if (family === -1) return false;
  const [before, after] = [words.slice(0, family), words.slice(family + 1)];
  // "Jean-Claude" and "Robert Palm" are people, but whatever comes before `claude-3` is the name of a service.
  return (
    after.every((word) => /^[vb]?\d/.test(word) || versions.has(word)) &&
    (before.every((word) => providers.has(word)) || after.length > 0 || /\d/.test(words[family]!))
  );
}

/** Whether a name of a model is also one of people. `Claude 3.5` is not. */
export const isPeoplesName = (name: string) => peoplesNames.has(wordsOfName(name).join("_"));

/** The words of a name in lower case: `supportAgent`, `support-agent` and `Support Agent` have the same words. */
export function wordsOfName(name: string): readonly string[] {
  const spaced = name
    .normalize("NFKC")
    .replaceAll(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, " ");
  const words = spaced.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  // LangChain: `AIMessage`, `ToolMessageChunk`.
  const end = words.findIndex((word, index) => index > 0 && word === "message");
  return end === -1 ? words : words.slice(0, end);
}
