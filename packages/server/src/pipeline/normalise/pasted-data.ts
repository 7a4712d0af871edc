// JSON, tables and comma-separated lines in a message.
import { endOfParagraph } from "./foreign-mark.ts";

/** Whether this is a row of a table in Markdown. */
export function isTableLine(line: string): boolean {
  return /^\s*\|.*\|\s*$/.test(line);
}

/** The line after the JSON or the rows of values that begin at this line; the line itself if it begins none. */
export function endOfData(lines: readonly string[], at: number): number {
  const line = lines[at]!;
  if (/^\s*(?:\{|\[\s*(?:["{[\d]|$))/.test(line)) return endOfJson(lines, at);
  if (/^\w[\w -]*(?:, \w[\w -]*){2,}$/.test(line) && !/\bi\b/i.test(line)) {
    const columns = line.split(",").length;
    let last = at + 1;
    while (last < lines.length && lines[last]!.split(",").length === columns) last += 1;
    if (last - at > 1) return last;
  }
  const row = shapeOfRow(line);
  if (row === undefined) return at;
  let end = at + 1;
  while (end < lines.length && shapeOfRow(lines[end]!) === row) end += 1;
  return end - at > 1 ? end : at;
}

/** The line after the JSON. JSON ends with its paragraph at the latest. */
function endOfJson(lines: readonly string[], from: number): number {
  const end = endOfParagraph(lines, from);
  let depth = 0;
  for (let at = from; at < end; at += 1) {
    const plain = lines[at]!.replaceAll(/\\./g, "").replaceAll(/"[^"]*"/g, "");
    for (const mark of plain.match(/[[\]{}]/g) ?? []) depth += mark === "[" || mark === "{" ? 1 : -1;
    if (depth <= 0) return at + 1;
  }
  return end;
}

/** The separator of a row of values and the number of separators; undefined for prose, where a space follows a comma. */
function shapeOfRow(line: string): string | undefined {
  for (const separator of ["\t", ",", ";"]) {
    const count = line.split(separator).length - 1;
    if (count > 0 && !/[,;] /.test(line) && !/[.!?]\s/.test(line)) return `${separator}${count}`;
  }
  return undefined;
}
