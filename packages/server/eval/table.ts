/** A table of Markdown, padded like the formatter of this project pads tables. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column]!.length)));
  const print = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  const line = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [print(head), line, ...rows.map(print)].join("\n");
}
