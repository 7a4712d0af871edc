/** One result of a search, as a prompt would take it in. */
export interface Result {
  readonly text: string;
  /** The messages that it comes from. */
  readonly diaIds: readonly string[];
}

/** Answers a question about one conversation with the best results first. */
export type Ask = (question: string) => Promise<readonly Result[]> | readonly Result[];
