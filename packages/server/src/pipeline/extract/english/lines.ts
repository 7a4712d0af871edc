/** A sentence of more characters than this is left out: a memory is one thing somebody can take in at a glance. */
export const longestSentence = 500;

/** The lines of a message, none longer than the longest sentence; what cannot be cut at the end of a sentence is left out. */
export function linesOf(text: string): readonly string[] {
  return text.split("\n").flatMap((line) => (line.length <= longestSentence ? [line] : cutLine(line)));
}

function cutLine(line: string): readonly string[] {
  return line.split(/(?<=[.!?…])\s/).filter((sentence) => sentence.length <= longestSentence);
}
