import type { Message } from "../normalise/normalise-messages.ts";
import { identifiersIn } from "./identifiers.ts";
import { lessonOf, mostLessons, type Lesson } from "./lesson.ts";
import { ownTextOf } from "./own-text.ts";
import { proceduresIn } from "./procedures.ts";
import { ruleIn } from "./rules.ts";

/**
 * The lessons and procedures of a conversation, in the words of the user and of the agent. Finds explicit wordings only, and only
 * what has an identifier that can recall it.
 */
export function findLessons(messages: readonly Message[]): readonly Lesson[] {
  const lessons: Lesson[] = [];
  for (const message of messages) {
    for (const found of lessonsIn(ownTextOf(message))) {
      const triggerEntities = identifiersIn([found.text, ...(found.steps ?? [])].join("\n"));
      const lesson = lessonOf({ ...found, triggerEntities }, message);
      if (lesson !== undefined) lessons.push(lesson);
    }
    if (lessons.length >= mostLessons) break;
  }
  return lessons.slice(0, mostLessons);
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
      text: title,
      because: null,
      steps,
    })),
    ...rules.map((rule): Found => ({ type: "lesson", ...rule, steps: null })),
  ];
}
