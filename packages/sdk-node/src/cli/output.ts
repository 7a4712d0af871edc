import { printable } from "./printable.ts";

/** Prints a line of the result on standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints the lines of an untrusted text on standard output, without control characters. */
export function printText(text: string): void {
  if (text !== "") text.split("\n").forEach((line) => print(printable(line)));
}

/** Prints a message on standard error. */
export function printToStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
