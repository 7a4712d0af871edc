/** One result of a search, in the form in which a prompt would contain it. */
export interface Result {
  readonly text: string;
  /** The messages from which it comes. */
  readonly diaIds: readonly string[];
}

/** Answers a question about one conversation with the best results first. */
export type Ask = (question: string) => Promise<readonly Result[]> | readonly Result[];
