/** How one kind of secret, or of personal data, is found in a text. */
export interface RedactionRule<Kind extends string = string> {
  readonly kind: Kind;
  /** What a match begins with, in each of its spellings: two characters at least. */
  readonly starts: readonly string[];
  /** Where a match begins if not with `starts`. */
  readonly beginOf?: (text: string, index: number) => number;
  /**
   * Sticky. Text in the group `kept`, at the start of the match, is not replaced. A text is read in linear time because a
   * shape fails after a bounded number of characters, and what it matches is not read again unless it is short.
   */
  readonly shape: RegExp;
  /** Whether what has the shape is one: a check digit, for example. @default every match */
  readonly accepts?: (value: string) => boolean;
}
