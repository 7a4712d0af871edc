// Prints the path and the message of an invalid field.
import type { FieldIssue } from "@memlane/core";

/** Prints a path as developers write it: `memories[1].timestamp`. */
export function printPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}

/**
 * Prints `memories[1].timestamp 'x' is not …`, or `limit: Invalid input …` if the message is a
 * complete sentence.
 */
export function printIssue({ field, message }: FieldIssue): string {
  if (field === "") return message;
  return /^[A-Z]/.test(message) ? `${field}: ${message}` : `${field} ${message}`;
}
