import { styleText } from "node:util";
import type { ProgressView } from "./progress-view.ts";

/** The part of a terminal that a bar needs. */
export interface BarTerminal extends NodeJS.WritableStream {
  readonly columns: number;
}

const startOfLine = "\r\u001B[K"; // and clear the line
const framesApartMs = 100;

/**
 * A progress bar in the last line of a terminal. Prompt libraries cannot be used. They read the
 * keyboard, so `import -` could not read the standard input. And they end the process at Ctrl-C
 * before the command has printed its state.
 */
export function createProgressBar(terminal: BarTerminal): ProgressView {
  let latest: { fraction: number | undefined; text: string } | undefined;
  let drawn = "";
  const draw = () => {
    if (latest === undefined) return;
    const frame = renderBar(latest.fraction, latest.text, terminal);
    if (frame !== drawn) terminal.write(startOfLine + frame);
    drawn = frame;
  };
  const clear = () => {
    if (drawn !== "") terminal.write(startOfLine);
    drawn = "";
  };
  const timer = setInterval(draw, framesApartMs);
  return {
    update: (fraction, text) => {
      latest = { fraction, text };
    },
    notice: (text) => {
      clear();
      terminal.write(`${text}\n`);
      draw();
    },
    end: () => {
      clearInterval(timer);
      clear();
    },
  };
}

/** A bar for a fraction from 0 to 1, if there is one, and a text that is cut if the terminal is narrow. */
export function renderBar(fraction: number | undefined, text: string, terminal: BarTerminal): string {
  // The last column stays free, because some terminals wrap when it is filled.
  const room = Math.max(0, terminal.columns - 1);
  if (fraction === undefined) return clip(text, room);
  const share = Math.min(1, Math.max(0, fraction));
  const width = Math.min(30, Math.floor(room / 3));
  const filled = Math.floor(share * width);
  const paint = { stream: terminal };
  return [
    styleText("green", "━".repeat(filled), paint),
    styleText("dim", "─".repeat(width - filled), paint),
    clip(` ${String(Math.floor(share * 100)).padStart(3)} %  ${text}`, room - width),
  ].join("");
}

function clip(text: string, width: number): string {
  if (text.length <= width) return text;
  return width === 0 ? "" : `${text.slice(0, width - 1)}…`;
}
