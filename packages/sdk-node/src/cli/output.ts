/** Prints a line of the result on standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a message on standard error. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
