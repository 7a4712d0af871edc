import { estimateTokens } from "@memlane/core/internal";

/** One line of a section, and the id of what it shows. */
export interface SectionLine {
  readonly text: string;
  readonly source: string;
}

/** A part of a text for a prompt. */
interface Section {
  readonly text: string;
  readonly sources: readonly string[];
}

/**
 * A heading and the lines that fit into `budget` tokens. A line that is too long is skipped, and so is a line that repeats
 * another.
 */
export function fillSection(heading: string, lines: readonly SectionLine[], budget: number): Section {
  const shown = new Map<string, SectionLine>();
  // One token for each line break.
  let left = budget - estimateTokens(heading) - 1;
  for (const line of lines) {
    const tokens = estimateTokens(line.text) + 1;
    if (tokens > left || shown.has(line.text)) continue;
    left -= tokens;
    shown.set(line.text, line);
  }
  if (shown.size === 0) return { text: "", sources: [] };
  return {
    text: [heading, ...shown.keys()].join("\n"),
    sources: [...shown.values()].map(({ source }) => source),
  };
}
