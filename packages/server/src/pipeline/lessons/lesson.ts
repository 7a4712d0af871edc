/** What an agent learned, to recall when it meets one of the identifiers again. */
export interface Lesson {
  /** A procedure has steps. */
  readonly type: "lesson" | "procedure";
  /** The lesson in the words in which it was said; for a procedure a numbered list. */
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
