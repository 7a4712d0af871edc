import type { ProgressView } from "./progress-view.ts";

/** The time between two lines, in milliseconds. */
const linesApartMs = 5000;

/** Prints at most one line every 5 s, for logs and pipes. `now` is milliseconds from any fixed point. */
export function createProgressLines(output: NodeJS.WritableStream, now: () => number): ProgressView {
  let shownMs = now();
  return {
    update: (fraction, text) => {
      if (now() - shownMs < linesApartMs) return;
      shownMs = now();
      const percent = fraction === undefined ? "" : `${Math.floor(fraction * 100)} %, `;
      output.write(`${percent}${text}\n`);
    },
    notice: (text) => void output.write(`${text}\n`),
    end: () => {},
  };
}
