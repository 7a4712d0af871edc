/** The longest sentence that is read, in characters. */
export const longestSentence = 500;

/** The lines of a message. A line that is too long is cut into sentences; sentences that are too long are left out. */
export function linesOf(text: string): readonly string[] {
  return text.split("\n").flatMap((line) => (line.length <= longestSentence ? [line] : cutLine(line)));
}

function cutLine(line: string): readonly string[] {
  return line.split(/(?<=[.!?…])\s/).filter((sentence) => sentence.length <= longestSentence);
}
