import { describe, expect, it } from "vitest";
import { statementOf } from "../../statement/statement.ts";
import { normaliseMessages } from "../../normalise/normalise-messages.ts";
import { createOfflineExtractor } from "./offline-extractor.ts";

const extractor = createOfflineExtractor();

async function statedIn(content: string): Promise<readonly string[]> {
  const { statements } = await extractor.extract(normaliseMessages([{ role: "user", content }]), {});
  return statements.map(({ text }) => text);
}

describe("a standing instruction", () => {
  it.each([
    ["Answer in German from now on.", "User wants answers in German."],
    ["From now on, please reply in french.", "User wants answers in French."],
    ["Always answer in Spanish!", "User wants answers in Spanish."],
    ["Can you always respond in Dutch?", "User wants answers in Dutch."],
    ["I want you to speak Italian with me from now on.", "User wants answers in Italian."],
    ["Always use metric units.", "User wants the assistant to always use metric units."],
    ["Please always use metric units", "User wants the assistant to always use metric units."],
    ["Use metric units from now on.", "User wants the assistant to use metric units."],
    ["Don't use emojis.", "User does not want the assistant to use emojis."],
    ["Please never use emojis", "User does not want the assistant to use emojis."],
    ["Do not call me sir.", "User does not want the assistant to call them sir."],
    ["Stop using bullet points.", "User wants the assistant to stop using bullet points."],
    ["Stop apologizing.", "User wants the assistant to stop apologizing."],
    ["Avoid jargon.", "User wants the assistant to avoid jargon."],
    ["Keep your answers short.", "User wants the assistant to keep its answers short."],
    [
      "In future, give me code without comments.",
      "User wants the assistant to give them code without comments.",
    ],
    [
      "Whenever I ask for a recipe, give me a vegan one.",
      "User wants the assistant to give them a vegan one whenever they ask for a recipe.",
    ],
    ["Always be honest with me.", "User wants the assistant to always be honest with them."],
    ["Call me Max from now on.", "User wants to be called Max."],
    ["No emojis please.", "User does not want the assistant to use emojis."],
    ["I don't want you to use emojis.", "User does not want the assistant to use emojis."],
    ["I want all answers in Polish.", "User wants answers in Polish."],
    ["I prefer short answers.", "User wants short answers."],
    ["Keep responses under 100 words.", "User wants the assistant to keep responses under 100 words."],
    [
      "When you write code, use TypeScript.",
      "User wants the assistant to use TypeScript when it writes code.",
    ],
    ["Don't send me emails anymore.", "User does not want the assistant to send them emails."],
    [
      "Remind me every day to drink water.",
      "User wants the assistant to remind them every day to drink water.",
    ],
    ["Please address me formally.", "User wants the assistant to address them formally."],
    ["I live in Oslo. Never use emojis. I like tea.", "User does not want the assistant to use emojis."],
  ])("%j is kept", async (said, text) => {
    expect(await statedIn(said)).toContain(text);
  });

  it.each([
    "Answer in German this time.",
    "Answer in German.",
    "Translate this.",
    "Use metric units for this recipe.",
    "Don't use that one.",
    "Don't worry.",
    "Don't forget the milk.",
    "Never mind.",
    "Don't send that mail.",
    "Don't send the mail.",
    "Do you always answer in German?",
    "Why do you never use emojis?",
    "Give me a recipe.",
    "Always look on the bright side of life.",
    "He always speaks German.",
    "Stop!",
    "Can you write a poem?",
    "Summarise: always use metric units.",
    'My boss said "Answer in German from now on".',
  ])("%j is not one", async (said) => {
    expect(await statedIn(said)).toEqual([]);
  });

  it("keeps its reason, which is a fact", async () => {
    expect(await statedIn("Never mention nuts, I'm allergic to nuts.")).toEqual([
      "User does not want the assistant to mention nuts.",
      "User is allergic to nuts.",
    ]);
    expect(await statedIn("Answer in German from now on because I live in Oslo.")).toEqual([
      "User wants answers in German.",
      "User lives in Oslo.",
    ]);
  });

  it("has its own fact type, and a slot for the language, so a new language replaces the old one", () => {
    const [message] = normaliseMessages([{ role: "user", content: "x" }]);
    expect(statementOf("User wants answers in German.", message!)).toMatchObject({
      factType: "instruction",
      slot: "instruction:language",
    });
    expect(statementOf("User does not want the assistant to use emojis.", message!)).toMatchObject({
      factType: "instruction",
      slot: null,
    });
  });
});
