import { lessonTypes } from "@memlane/core/internal";
import * as z from "zod/mini";
import type { AnswerFormat } from "./ask-model.ts";
import { readLastJson } from "./json-in-text.ts";

const text = z.string().check(z.trim(), z.minLength(1));
const texts = z.array(text);
const entry = z.object({
  type: z.enum(lessonTypes),
  text,
  because: z.nullish(z.string()),
  steps: z.nullish(texts),
  entities: texts,
  messages: texts,
});
/** One lesson of a model's answer. Only its shape is checked. */
export interface ModelLesson extends z.output<typeof entry> {}

const answer = z.object({ lessons: z.array(z.unknown()) });

const list = { type: "array", items: { type: "string" } };
/** Lessons with the messages that they cite. */
export const lessonsFormat: AnswerFormat<readonly ModelLesson[]> = {
  name: "lessons",
  properties: {
    type: { type: "string", enum: lessonTypes },
    text: { type: "string" },
    because: { type: ["string", "null"] },
    steps: { type: ["array", "null"], items: { type: "string" } },
    entities: list,
    messages: list,
  },
  read: (said) => readLastJson(said, { repairs: true, read: readLessons }),
};

function readLessons(value: unknown): readonly ModelLesson[] | undefined {
  const { success, data } = answer.safeParse(value);
  return success ? data.lessons.flatMap((each) => entry.safeParse(each).data ?? []) : undefined;
}
