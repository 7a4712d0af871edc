import { readFile } from "node:fs/promises";

// Each prompt is a file in the folder `prompts`. To change its words, add a file with the next number.
/** Asks for what is worth remembering in a conversation. */
export const extractionPrompt = "extract-memories-1";
/** Asks which statements are personal, and which fit the prompts of groups. */
export const sharingPrompt = "judge-sharing-1";
/** Asks what an agent learned. */
export const lessonsPrompt = "find-lessons-1";

const reading = new Map<string, Promise<string>>();

/** Reads the text of a prompt. */
export function readPrompt(
  name: typeof extractionPrompt | typeof lessonsPrompt | typeof sharingPrompt,
): Promise<string> {
  const folder = new URL("prompts/", import.meta.resolve("@memlane/server/package.json"));
  const text = reading.get(name) ?? readFile(new URL(`${name}.md`, folder), "utf8");
  reading.set(name, text);
  return text;
}
