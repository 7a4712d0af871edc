/** Says in full, in the first person, what a short answer says in the light of its question; null when that is not safe. */
export function answerInFull(_question: string, _answer: string): string | null {
  return null;
}
