import { createProgressBar } from "./progress-bar.ts";
import { createProgressLines } from "./progress-lines.ts";
import { createQuietProgress, type ProgressView } from "./progress-view.ts";

/** Shows progress on standard error: a bar in a terminal, otherwise lines, and nothing if the output is JSON. */
export function createProgress(isJson: boolean): ProgressView {
  const { stderr } = process;
  if (stderr.isTTY) return createProgressBar(stderr);
  return isJson ? createQuietProgress(stderr) : createProgressLines(stderr, () => performance.now());
}
