// A string, or a number. Every text of JSON is a sequence of these and of single other characters.
const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
const integer = /^-?\d+$/;

/** The largest number of digits of a double. */
const mostDigits = 309;

/** The first integer in a JSON text that JavaScript would round, as the text has it; undefined if there is none. */
export function findRoundedInteger(text: string): string | undefined {
  // Every integer of 15 digits is exact, and most texts have no longer one.
  if (!/\d{16}/.test(text)) return undefined;
  return text.match(token)?.find((part) => integer.test(part) && isRounded(part));
}

function isRounded(digits: string): boolean {
  if (digits.length > mostDigits + 1) return true;
  const value = Number(digits);
  return !Number.isFinite(value) || BigInt(digits) !== BigInt(value);
}
