import { hasIbanDigits } from "./check-digits.ts";
import type { RedactionRule } from "./redaction-rule.ts";

const digits = "0123456789";
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

const pairsOf = (firsts: string, seconds: string) =>
  Array.from(firsts).flatMap((first) => Array.from(seconds, (second) => first + second));

// A lookbehind is matched backwards, so it reads at most the 64 characters that this part may have (RFC 5321).
const beforeAt = /(?<=(\w[\w.+'-]{0,63}))@/y;

/** Finds the start of the address whose `@` is at this position. */
function beginOfAddress(text: string, index: number): number {
  beforeAt.lastIndex = index;
  const begin = index - (beforeAt.exec(text)?.[1]?.length ?? 0);
  return /\\[nrt]/.test(text.slice(begin - 1, begin + 1)) ? begin + 1 : begin;
}

/** Every kind of personal data that has a known format. More exact rules come first. */
export const personalDataRules = [
  {
    kind: "email_address",
    starts: pairsOf("@", letters + letters.toLowerCase() + digits),
    beginOf: beginOfAddress,
    shape: /[\w.+'-]{1,64}@(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9-])/y,
  },
  {
    kind: "iban",
    starts: pairsOf(letters, letters),
    shape: /[A-Z]{2}\d\d(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?)(?![A-Za-z0-9])/y,
    accepts: (value) => hasIbanDigits(value.replaceAll(" ", "")),
  },
  {
    kind: "iban",
    // An IBAN without the shorter last group of the rule above, because that group may be the next word.
    starts: pairsOf(letters, letters),
    shape: /[A-Z]{2}\d\d(?: [A-Z0-9]{4}){3,7}(?![A-Za-z0-9])/y,
    accepts: (value) => hasIbanDigits(value.replaceAll(" ", "")),
  },
  {
    kind: "phone_number",
    starts: pairsOf("+", digits),
    shape: /\+\d(?:[ ./-]?\(?\d\)?){6,14}(?![\w(]|[.-]\d)/y,
  },
  {
    kind: "phone_number",
    starts: pairsOf("(", digits),
    shape: /\(0?\d{2,4}\)[ -]?\d{3,4}[ -]?\d{3,5}(?![\w]|[.-]\d)/y,
  },
  {
    kind: "phone_number",
    // North American numbers with separators; others with the 0 before the area code.
    starts: pairsOf(digits, digits),
    shape:
      /(?<![_./:]|[\w.]-)(?:(?:1[ .-])?[2-9]\d\d([ .-])[2-9]\d\d\1\d{4}|0\d{2,4}[ /-]\d{3,8}(?:[ -]\d{2,6})?|0[1-9](?: \d\d){4})(?!\w|[.-]\d)/y,
  },
] as const satisfies readonly RedactionRule[];

/** The kinds of personal data that have a known format. */
export type PersonalDataKind = (typeof personalDataRules)[number]["kind"];
