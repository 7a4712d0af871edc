import { InvalidArgumentError } from "commander";

/** Reads a flag that counts something: 1 or more. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError("It must be a whole number, 1 or more.");
}
