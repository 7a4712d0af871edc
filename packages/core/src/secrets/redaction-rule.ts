/** Finds one kind of secret or personal data in a text. */
export interface RedactionRule<Kind extends string = string> {
  readonly kind: Kind;
  /** The texts that a match can begin with, each of at least two characters. */
  readonly starts: readonly string[];
  /** Finds the start of a match that does not begin with `starts`. */
  readonly beginOf?: (text: string, index: number) => number;
  /**
   * Sticky. The group `kept` at the start of a match is not replaced. For linear time, the expression must fail after a bounded
   * number of characters. A match that `accepts` rejects is searched again only if it is short.
   */
  readonly shape: RegExp;
  /** Whether a match is a secret, by its check digit for example. @default every match */
  readonly accepts?: (value: string) => boolean;
}
