import type { Command } from "commander";

/** The keys of a server under test besides its main one, as flags and adapters name them, and what each must be. */
const keys = [
  ["batchKey", "key for the batch API (default: --api-key)"],
  ["otherKey", "key of another organisation"],
  ["readKey", "key that has only memories:read"],
  ["writeKey", "key that has only memories:write"],
  ["limitedKey", "key of an organisation with few requests a minute"],
  ["exhaustedKey", "key of an organisation that has used up its writes of the month"],
  ["oneAgentKey", "key of an organisation that may have one agent"],
] as const;

/** The name of one of these keys. */
export type ConformanceKeyName = (typeof keys)[number][0];

/** The names of these keys. */
export const conformanceKeyNames: readonly ConformanceKeyName[] = keys.map(([name]) => name);

/** Gives a command a flag for each of these keys. */
export function withKeyFlags(command: Command): Command {
  for (const [name, help] of keys) {
    const flag = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    command.option(`--${flag} <key>`, help);
  }
  return command;
}
