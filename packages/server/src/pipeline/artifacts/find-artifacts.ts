import type { GroupId } from "@memlane/core";
import type { WireMessage } from "../normalise/normalise-messages.ts";

/** Something that a message contains as a whole: code, a list or a document. */
export interface FoundArtifact {
  readonly title: string;
  /** Why it is kept, as a sentence. */
  readonly rationale: string;
  readonly content: string;
  /** The position of its message in the submitted array. */
  readonly messageIndex: number;
  /** The groups that may see it; absent if none. */
  readonly groupIds?: readonly GroupId[] | undefined;
}

const most = { perMessage: 10, perJob: 50, characters: 20_000, titleCharacters: 120 };
const least = { codeLines: 3, listItems: 5, documentLines: 5 };

const fence = /^ {0,3}(`{3,}|~{3,})/;
const heading = /^#{1,3} +(\S.*)$/;
const item = /^\s{0,8}(?:[-*+•]|\d{1,3}[.)]) +\S/;

/**
 * Finds the artifacts of a conversation. Code is fenced and has at least three lines. A document goes from a Markdown heading to the end
 * of its message, with at least five lines. A list has at least five items. Code and lists in a document belong to it.
 */
export function findArtifacts(messages: readonly WireMessage[]): readonly FoundArtifact[] {
  return messages
    .flatMap(({ role, content }, messageIndex) =>
      artifactsIn(content.split(/\r?\n/))
        .slice(0, most.perMessage)
        .map(({ kind, title, lines }) => ({
          title: shortened(title),
          rationale: `${kind} in a message of the role ${role}`,
          content: lines.join("\n").slice(0, most.characters).toWellFormed(),
          messageIndex,
        })),
    )
    .slice(0, most.perJob);
}

interface Piece {
  readonly kind: "Code" | "List" | "Document";
  readonly title: string;
  readonly lines: readonly string[];
}

function artifactsIn(lines: readonly string[]): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const opened = fence.exec(lines[at]!);
    if (opened !== null) {
      const mark = opened[1]!;
      const end = firstFrom(lines, at + 1, (line) => line.trimStart().startsWith(mark));
      const code = lines.slice(at + 1, end);
      if (writtenIn(code) >= least.codeLines)
        pieces.push({ kind: "Code", title: titleOfCode(code, lines[at - 1]), lines: code });
      at = end;
      continue;
    }
    const titled = heading.exec(lines[at]!);
    if (titled !== null && writtenIn(lines.slice(at)) >= least.documentLines) {
      pieces.push({ kind: "Document", title: proseOf(titled[1]!), lines: lines.slice(at) });
      break;
    }
    if (item.test(lines[at]!)) {
      const end = firstFrom(lines, at + 1, (line) => !item.test(line));
      if (end - at >= least.listItems)
        pieces.push({
          kind: "List",
          title: proseOf(introductionOf(lines, at) ?? lines[at]!),
          lines: lines.slice(at, end),
        });
      at = end - 1;
    }
  }
  return pieces;
}

/** The position of the first such line from `start` on, or the number of lines. */
function firstFrom(lines: readonly string[], start: number, isWanted: (line: string) => boolean): number {
  for (let at = start; at < lines.length; at += 1) if (isWanted(lines[at]!)) return at;
  return lines.length;
}

const writtenIn = (lines: readonly string[]) => lines.filter((line) => line.trim() !== "").length;

/** The line before code if it introduces it, or else the first line of the code. */
function titleOfCode(code: readonly string[], before: string | undefined): string {
  const introduction = before?.trim() ?? "";
  return introduction.endsWith(":")
    ? proseOf(introduction.slice(0, -1))
    : codeOf(code.find((line) => line.trim() !== "")!);
}

/** The line before a list, if it ends with a colon. There may be an empty line between them. */
function introductionOf(lines: readonly string[], at: number): string | undefined {
  const before = lines
    .slice(Math.max(0, at - 2), at)
    .findLast((line) => line.trim() !== "")
    ?.trim();
  return before?.endsWith(":") ? before.slice(0, -1) : undefined;
}

/** A line of Markdown without the mark of an item, and without emphasis. */
const proseOf = (line: string) =>
  line.replace(/^\s*(?:[-*+•]|\d{1,3}[.)]|#+)\s*/, "").replaceAll(/[*_`]/g, "");

/** A line of code without the mark of a comment. What Markdown uses for emphasis is part of code: `count(*)`, `user_id`. */
const codeOf = (line: string) => line.replace(/^\s*(?:\/\/|#+|"""|\/\*)\s*/, "");

function shortened(title: string): string {
  const line = title.trim();
  return (line === "" ? "Untitled" : line).slice(0, most.titleCharacters).toWellFormed();
}
