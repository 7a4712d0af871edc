import type { Message } from "../normalise/normalise-messages.ts";
import { ownWordsOf } from "../normalise/own-words.ts";
import { identifiersIn } from "./identifiers.ts";
import type { Lesson } from "./lesson.ts";
import { proceduresIn } from "./procedures.ts";
import { ruleIn } from "./rules.ts";

// These limit what one conversation can add.
const mostLessons = 200;
const mostEntities = 50;
const longestLesson = 2000; // characters
const mostCharacters = 50_000; // of a message

/** The agent itself. The outputs of tools are not its own words. */
const agentRole = /^(?:assistant|agent|ai|model|bot)$/i;

/**
 * The lessons and procedures of a conversation, in the words of the user and of the agent. Finds explicit wordings only, and only
 * what has an identifier that can recall it.
 */
export function findLessons(messages: readonly Message[]): readonly Lesson[] {
  const lessons: Lesson[] = [];
  for (const message of messages) {
    for (const { text, ...found } of lessonsIn(ownTextOf(message))) {
      const triggerEntities = identifiersIn(text).slice(0, mostEntities);
      if (triggerEntities.length === 0 || text.length > longestLesson) continue;
      lessons.push({
        ...found,
        text,
        triggerEntities,
        confidence: message.speaker === "user" ? 0.9 : 0.7,
        saidAt: message.saidAt,
        sourceRole: message.role,
        eventId: message.eventId,
      });
      if (lessons.length === mostLessons) return lessons;
    }
  }
  return lessons;
}

function ownTextOf({ speaker, role, content, ownContent }: Message): string {
  if (speaker === "user") return ownContent.slice(0, mostCharacters);
  return speaker === "machine" && agentRole.test(role) ? ownWordsOf(content.slice(0, mostCharacters)) : "";
}

type Found = Pick<Lesson, "type" | "text" | "because" | "steps">;

function lessonsIn(content: string): readonly Found[] {
  const { procedures, otherLines } = proceduresIn(content.split("\n"));
  const rules = otherLines
    .flatMap((line) => line.split(/(?<=[.!?;])\s+/))
    .flatMap((sentence) => ruleIn(sentence) ?? []);
  return [
    ...procedures.map(({ title, steps }): Found => ({
      type: "procedure",
      text: print(title, steps),
      because: null,
      steps,
    })),
    ...rules.map((rule): Found => ({ type: "lesson", ...rule, steps: null })),
  ];
}

function print(title: string, steps: readonly string[]): string {
  const list = steps.map((step, at) => `${at + 1}. ${step}`);
  return [...(title === "" ? [] : [title]), ...list].join("\n");
}
