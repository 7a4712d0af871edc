// An error of one field, as a path and as a sentence.
import type { FieldIssue } from "@memlane/core";

/** A path as a developer writes it: `memories[1].timestamp`. */
export function printPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}

/** `memories[1].timestamp 'x' is not …`, or `limit: Invalid input …` if the message is a whole sentence. */
export function printIssue({ field, message }: FieldIssue): string {
  if (field === "") return message;
  return /^[A-Z]/.test(message) ? `${field}: ${message}` : `${field} ${message}`;
}
