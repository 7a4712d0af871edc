/** Shows the progress of a command. */
export interface ProgressView {
  /** The current progress: a fraction from 0 to 1 if the total is known, and a text. */
  readonly update: (fraction: number | undefined, text: string) => void;
  /** A message that needs its own line. */
  readonly notice: (text: string) => void;
  readonly end: () => void;
}

/** Shows no progress, only notices. */
export function createQuietProgress(output: NodeJS.WritableStream): ProgressView {
  return { update: () => {}, notice: (text) => void output.write(`${text}\n`), end: () => {} };
}
