import { readFile } from "node:fs/promises";

/** The prompt in use, a file of the folder `prompts`. A change of its words is a new file with the next number. */
export const promptName = "extract-memories-1";

let reading: Promise<string> | undefined;

/** The prompt's text. */
export function readPrompt(): Promise<string> {
  const folder = new URL("prompts/", import.meta.resolve("@memlane/server/package.json"));
  return (reading ??= readFile(new URL(`${promptName}.md`, folder), "utf8"));
}
