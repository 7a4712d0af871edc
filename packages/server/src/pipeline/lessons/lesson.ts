import type { GroupId } from "@memlane/core";
import type { LessonType } from "@memlane/core/internal";
import type { Message } from "../normalise/normalise-messages.ts";

/** What an agent learned, to recall when it meets one of the identifiers again. */
export interface Lesson {
  /** A procedure has steps. */
  readonly type: LessonType;
  /** The groups that may see it; absent if none. */
  readonly groupIds?: readonly GroupId[] | undefined;
  /** For a procedure a numbered list. */
  readonly text: string;
  /** The identifiers that recall it. Never empty. */
  readonly triggerEntities: readonly string[];
  /** The reason, if one was given. */
  readonly because: string | null;
  readonly steps: readonly string[] | null;
  /** From 0 to 1. */
  readonly confidence: number;
  readonly saidAt: Date | null;
  readonly sourceRole: string;
  /** The caller's id of the message. */
  readonly eventId: string | null;
}

/** How many lessons one conversation can add. */
export const mostLessons = 200;

const mostEntities = 50;
const longestLesson = 2000; // characters

/** Makes a lesson of what a message teaches. Undefined if nothing could recall it, or if it is too long. */
export function lessonOf(
  {
    type,
    text: title,
    because,
    steps,
    triggerEntities,
  }: Pick<Lesson, "type" | "text" | "because" | "steps" | "triggerEntities">,
  { speaker, saidAt, role, eventId }: Message,
): Lesson | undefined {
  const text = steps === null ? title : printProcedure(title, steps);
  if (triggerEntities.length === 0 || text.length > longestLesson) return undefined;
  return {
    type,
    text,
    triggerEntities: triggerEntities.slice(0, mostEntities),
    because,
    steps,
    confidence: speaker === "user" ? 0.9 : 0.7,
    saidAt,
    sourceRole: role,
    eventId,
  };
}

function printProcedure(title: string, steps: readonly string[]): string {
  const list = steps.map((step, at) => `${at + 1}. ${step}`);
  return [...(title === "" ? [] : [title]), ...list].join("\n");
}
