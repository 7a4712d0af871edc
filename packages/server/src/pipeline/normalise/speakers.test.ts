import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMachineName } from "./machine-names.ts";
import { createSpeakerOf } from "./speakers.ts";

const machines = `assistant|Assistant|ASSISTANT|ai|AI|bot|model|agent|system|developer|tool|function|ipython|gpt|gpt-4|GPT-4o|gpt4|
  gpt-3.5-turbo|chatgpt|ChatGPT|claude|Claude 3.5 Sonnet|claude-opus-4|gemini-1.5-pro|llama3|Llama-3.1-8B-Instruct|bard|bing|copilot|
  AI Assistant|ai_assistant|ai-assistant|assistant_1|Assistant 2|support bot|SupportBot|helpbot|slackbot|support_agent|SupportAgent|
  travel agent|CHATBOT|observation|function_call|tool_result|tool:search|function:get_weather|AIMessage|ToolMessage|SystemMessage|
  AIMessageChunk|openai/gpt-4o-mini|us.anthropic.claude-3-haiku|deepseek-chat|qwen2.5|grok-2|<|assistant|>|Robot|analysis|critic|
  mistral-large-latest|acme-claude-3|my-gpt-4o|google/palm|code_interpreter|My AI`;
const people = `user|human|customer|Caroline|Max|Claude Martin|Claude Monet|Jean-Claude|Anne Claude|Robert Palm|Uncle Ernie|Talbot|Mr. Abbot|Ai Tanaka|Gemini Smith|u-123|guest 1|
  Systema|Toolson|Alice Botelho|Anna|Ben|speaker_1|Модест|田中`;
const listOf = (text: string) =>
  text
    .replaceAll("<|assistant|>", "<¦assistant¦>")
    .split("|")
    .map((name) => name.trim().replaceAll("¦", "|"));

describe("the names of machines", () => {
  it.each(listOf(machines))("%s is a machine", (name) => {
    expect(isMachineName(name)).toBe(true);
  });
  it.each(listOf(people))("%s is not a machine", (name) => {
    expect(isMachineName(name)).toBe(false);
  });
});

describe("who is the user", () => {
  it.each<readonly [names: readonly string[], userId: string | null, users: readonly string[]]>([
    [["user", "assistant"], "u1", ["user"]],
    [["User", "Bob", "assistant"], "u1", ["User"]],
    [["human", "ai"], "u1", ["human"]],
    [["customer", "agent"], "u1", ["customer"]],
    [["me", "Tom"], null, ["me"]],
    [["alice-77", "bob"], "alice-77", ["alice-77"]],
    [["Alice", "Bob"], "alice", ["Alice"]],
    [["Alice", "Bob"], "alice@example.com", ["Alice"]],
    [["Alice Young", "Bob"], "alice.young", ["Alice Young"]],
    [["alice", "user"], "alice", ["alice", "user"]],
    [["Caroline"], "u1", ["Caroline"]],
    [["Caroline", "assistant", "tool"], null, ["Caroline"]],
    [["Caroline", "Melanie"], "u1", []],
    [["Caroline", "Melanie", "assistant"], "conversation-26", []],
    [["Alice", "Bob"], "alice-and-bob", []],
    [["assistant", "system"], "u1", []],
    [["support-bot", "Tom"], "support-bot", ["support-bot"]],
    [["user1", "user2"], "user2", ["user2"]],
    [["user1", "user2"], "x", []],
    [["user", "system"], "system", ["user"]],
  ])("of %j and the user_id %j it is %j", (names, userId, users) => {
    const speakerOf = createSpeakerOf(names, userId);
    expect(names.filter((name) => speakerOf(name) === "user")).toEqual(users);
  });

  it.each([
    ["Gemma", "user"],
    ["Claude", "user"],
    ["Claude 3.5", "machine"],
    ["critic", "machine"],
  ])("%s with the role of the user is the %s", (name, speaker) => {
    expect(createSpeakerOf([name, "assistant"], "u1", new Set([name]))(name)).toBe(speaker);
    expect(createSpeakerOf([name, "assistant"], "u1")(name)).toBe("machine");
  });

  it("tells machines from other people", () => {
    const speakerOf = createSpeakerOf(["user", "Bob", "gpt-4o", "tool"], "u1");
    expect(["user", "Bob", "gpt-4o", "tool"].map(speakerOf)).toEqual(["user", "other", "machine", "machine"]);
  });

  it("does not depend on the order of the messages", () => {
    const name = fc.constantFrom("user", "Ann", "bob", "assistant", "u-1", "Tom Ray", "gpt-4");
    fc.assert(
      fc.property(fc.array(name), fc.constantFrom("u-1", "ann", "x"), (names, userId) => {
        const [there, back] = [createSpeakerOf(names, userId), createSpeakerOf(names.toReversed(), userId)];
        for (const each of names) expect(there(each)).toBe(back(each));
      }),
    );
  });
});
