import { hasLuhnDigit } from "./check-digits.ts";

/** The first digits of each card network (ISO/IEC 7812), and the lengths of its numbers. */
const networks: readonly { readonly digits: RegExp; readonly lengths: readonly number[] }[] = [
  { digits: /^4/, lengths: [16] }, // Visa
  { digits: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] }, // Mastercard
  { digits: /^3[47]/, lengths: [15] }, // American Express
  { digits: /^(?:6011|64[4-9]|65)/, lengths: [16] }, // Discover
  { digits: /^(?:30[0-5]|3095|36|38|39)/, lengths: [14, 16] }, // Diners Club
  { digits: /^35(?:2[89]|[3-8])/, lengths: [16] }, // JCB
  { digits: /^62/, lengths: [16, 17, 18, 19] }, // UnionPay
  { digits: /^220[0-4]/, lengths: [16] }, // Mir
  { digits: /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, lengths: [16] }, // Maestro
];

/** Whether a number, written with or without spaces or dashes, is that of a payment card. */
export function isCardNumber(text: string): boolean {
  const number = text.replaceAll(/\D/g, "");
  return (
    hasLuhnDigit(number) &&
    networks.some(({ digits, lengths }) => lengths.includes(number.length) && digits.test(number))
  );
}
