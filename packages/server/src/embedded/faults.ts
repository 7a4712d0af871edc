/** What went wrong, from the output of a program of PostgreSQL: the lines that say so, or else all of it. */
export function faultsIn(output: string): string {
  const lines = output.split("\n").flatMap((line) => /(?:FATAL|PANIC|error): .*/.exec(line) ?? []);
  return lines.length > 0 ? lines.join("\n") : output.trim();
}
