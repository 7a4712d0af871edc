import { toPlainEnglish } from "./plain-english.ts";

/** How much of a message's end is searched for its question, in characters. */
const reach = 600;
const longestQuestion = 120;

const begins = "(?:what|where|when|which|who|how|do|are|have|is)";
const opening = new RegExp(
  String.raw`^(?:.*, )?(?:(?:and|but|so|oh|well|then|also|okay|ok|hey) )*(?=${begins}\b)`,
  "i",
);
const returned = /^(?:(?:what|how) about (?:you|yourself|yours)|(?:and )?(?:you|yours|yourself))$/;

/** The question of a message, in plain English without its mark; null if it asks none or several. */
export function questionOf(message: string): string | null {
  const sentences = message.slice(-reach).split(/(?<=[.!?])\s+|\n/);
  const [question, another] = sentences.filter((sentence) => sentence.endsWith("?"));
  if (question === undefined || another !== undefined || question.length > longestQuestion) return null;
  const plain = toPlainEnglish(question.slice(0, -1)).replace(opening, "").trim();
  return plain.charAt(0).toLowerCase() + plain.slice(1);
}

/** Whether a question only repeats the question before it: "What about you?" */
export function isReturned(question: string): boolean {
  return returned.test(question);
}
