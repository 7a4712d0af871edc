/** A text without the marks that end it. */
export function withoutFullStop(text: string): string {
  return text.replace(/(?<![.!…])[.!…]+$/u, "");
}
