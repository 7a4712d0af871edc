// Draws a terminal as SVG, which is sharp and small, works on GitHub, and can be read in a diff.

const fontSize = 13;
const lineHeight = 19;
const margin = 18;
const titleHeight = 34;
const columnWidth = fontSize * 0.602; // of the usual monospaced fonts

const escapeXml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The CSS class of each style, by the ANSI code that turns it on. */
const styles: Readonly<Record<string, string>> = { 1: "bold", 2: "dim", 32: "green" };
const ends: Readonly<Record<string, readonly string[]>> = { 22: ["bold", "dim"], 39: ["green"] };

/** Wraps lines like a terminal of `columns`. ANSI codes take no space. */
function* cutLines(text: string, columns: number): Generator<readonly (readonly [string, string])[]> {
  const on = new Set<string>();
  for (const line of text.split("\n")) {
    let spans: [string, string][] = [];
    let length = 0;
    // eslint-disable-next-line no-control-regex
    for (const [part, code] of line.matchAll(/\u001B\[(\d+)m|[^\u001B]/gu)) {
      if (code !== undefined) {
        if (styles[code] !== undefined) on.add(styles[code]);
        for (const style of ends[code] ?? []) on.delete(style);
        continue;
      }
      if (length === columns) {
        yield spans;
        [spans, length] = [[], 0];
      }
      const classes = [...on].join(" ");
      const last = spans.at(-1);
      if (last?.[0] === classes) last[1] += part;
      else spans.push([classes, part]);
      length += 1;
    }
    yield spans;
  }
}

/** Draws a terminal of `columns` that shows `text`, with the title of its window. */
export function drawTerminal(title: string, text: string, columns: number): string {
  const lines = [...cutLines(text, columns)];
  const width = Math.ceil(columns * columnWidth + 2 * margin);
  const height = titleHeight + lines.length * lineHeight + margin;
  const body = lines
    .map((spans, index) => {
      const drawn = spans.map(([classes, part]) =>
        classes === "" ? escapeXml(part) : `<tspan class="${classes}">${escapeXml(part)}</tspan>`,
      );
      return `<text x="${margin}" y="${titleHeight + (index + 1) * lineHeight - 5}">${drawn.join("")}</text>`;
    })
    .join("\n");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escapeXml(title)}</title>
<style>
text { font: ${fontSize}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #d8dee9; white-space: pre; }
.bold { font-weight: bold; fill: #fff; }
.dim { fill: #8f9bb3; }
.green { fill: #8fd694; }
</style>
<rect width="${width}" height="${height}" rx="8" fill="#1b1f2b"/>
<circle cx="20" cy="18" r="5" fill="#4b5263"/><circle cx="38" cy="18" r="5" fill="#4b5263"/><circle cx="56" cy="18" r="5" fill="#4b5263"/>
<text x="${width / 2}" y="22" text-anchor="middle" class="dim">${escapeXml(title)}</text>
${body}
</svg>
`;
}
