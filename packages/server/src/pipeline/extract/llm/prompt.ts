import { readFile } from "node:fs/promises";

/** The prompt, a file in the folder `prompts`. To change its words, add a file with the next number. */
export const promptName = "extract-memories-1";

let reading: Promise<string> | undefined;

/** Reads the text of the prompt. */
export function readPrompt(): Promise<string> {
  const folder = new URL("prompts/", import.meta.resolve("@memlane/server/package.json"));
  return (reading ??= readFile(new URL(`${promptName}.md`, folder), "utf8"));
}
