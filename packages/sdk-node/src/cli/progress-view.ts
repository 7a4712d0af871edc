/** Shows how far a command has come. */
export interface ProgressView {
  /** Where it is now: a fraction from 0 to 1 where the end is known, and a text. */
  readonly update: (fraction: number | undefined, text: string) => void;
  /** Something worth a line of its own. */
  readonly notice: (text: string) => void;
  readonly end: () => void;
}

/** Shows nothing but what is worth a line of its own. */
export function createQuietProgress(output: NodeJS.WritableStream): ProgressView {
  return { update: () => {}, notice: (text) => void output.write(`${text}\n`), end: () => {} };
}
