/** "Me too!": what the other speaker said about themselves is true of this speaker, too. */
const alike =
  /^(?:(?:oh|wow|yeah|yes|haha|hey|no way|really|cool|nice|same)[\s,.!]*)*(me,? too|same here|me,? neither|so (?:do|am|have) i|i (?:do|am|have),? too|neither (?:do|am|have) i)\b(?! much)/i;

/** An agreement with a verb ("so do I"), and the statements to which it can refer. */
const beginnings: readonly (readonly [agreement: RegExp, statement: RegExp])[] = [
  [/\bdo\b/i, /^User (?!is |was |has \w+ed )/],
  [/\bam\b/i, /^User is /],
  [/\bhave\b/i, /^User has /],
];
const denied = /^User (?:(?:does|is|has|can) not|has never|never)\b/;

/** Statements that another person can agree to. Names, ages, relatives and belongings are personal. */
const sharable = /^User (?!is \d)/;

/** Whether this message begins by agreeing with the one before. */
export function isAgreement(message: string): boolean {
  return alike.test(message);
}

/**
 * The statement of the other speaker that this message agrees with. Null if `texts` has several statements, because it is unclear
 * which of them is meant.
 */
export function agreedStatement(message: string, texts: readonly string[]): string | null {
  const [, words] = alike.exec(message) ?? [];
  const [last, another] = texts;
  if (words === undefined || last === undefined || another !== undefined || !sharable.test(last)) return null;
  if (/neither/i.test(words) !== denied.test(last)) return null;
  const [, expected] = beginnings.find(([agreement]) => agreement.test(words)) ?? [];
  return expected === undefined || expected.test(last) ? last : null;
}
