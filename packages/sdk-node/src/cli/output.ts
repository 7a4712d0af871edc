/** Prints a line of what was asked for. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Tells a person something beside it. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
