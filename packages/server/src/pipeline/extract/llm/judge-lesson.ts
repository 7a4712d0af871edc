import { tidyText } from "../../normalise/normalise-messages.ts";
import { identifiersIn } from "../../lessons/identifiers.ts";
import { lessonOf, type Lesson } from "../../lessons/lesson.ts";
import { ownTextOf } from "../../lessons/own-text.ts";
import type { CitableMessage } from "./quote.ts";
import type { ModelLesson } from "./read-lessons.ts";

/**
 * Checks a lesson in a model's answer. Undefined if it cites no words of the user or the agent, or if it has an identifier that
 * those words do not have. A lesson becomes an instruction, so nothing may be made up or come from a tool.
 */
export function judgeLesson(
  { type, messages, entities, ...found }: ModelLesson,
  window: readonly CitableMessage[],
): Lesson | undefined {
  const ids = new Set(messages);
  const cited = window.filter((message) => ids.has(message.citedAs) && ownTextOf(message) !== "");
  const source = cited.at(-1);
  if (source === undefined || cited.length < ids.size) return undefined;
  const said = cited.map(ownTextOf).join("\n");
  const text = tidyText(found.text);
  const steps = type === "procedure" ? (found.steps ?? []).map(tidyText) : null;
  if (steps !== null && steps.length < 2) return undefined;
  if (!identifiersIn([text, ...(steps ?? [])].join("\n")).every((each) => said.includes(each)))
    return undefined;
  const triggerEntities = [...new Set(entities)].filter((each) => each.length <= 200 && said.includes(each));
  return lessonOf({ type, text, because: found.because ?? null, steps, triggerEntities }, source);
}
