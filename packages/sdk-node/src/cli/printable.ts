/** A text of unknown origin as one line that cannot steer the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, " ").trim();
}
