/** The rows of a Markdown table in a text: first the titles, then the cells. */
export function tableRows(markdown: string): string[][] {
  const lines = markdown.split("\n").filter((line) => line.startsWith("|"));
  return lines
    .filter((_, index) => index !== 1) // the line between the titles and the rows
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
