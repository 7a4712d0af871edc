/** Prints a result on standard output: one row a line, its values separated by tabs. */
export function printRow(...values: readonly (string | number)[]): void {
  process.stdout.write(`${values.join("\t")}\n`);
}

/** Prints a message on standard error, so that it does not mix with results. */
export function printToStderr(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
