const whole = new Intl.NumberFormat();
const short = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });

/** A number with its digits grouped. */
export const printCount = (count: number) => whole.format(count);

/** A number that fits into a narrow space, such as `12.4K`. */
export const printShortCount = (count: number) => short.format(count);

/** A number with its noun, such as `1 job` or `2,000 memories`. */
export const countOf = (count: number, noun: string, nouns = `${noun}s`) =>
  `${printCount(count)} ${count === 1 ? noun : nouns}`;
