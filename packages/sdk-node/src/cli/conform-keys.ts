import type { Command } from "commander";

/** The keys of a server under test besides its main one, and what each must be. */
const keyHelp = {
  batchKey: "key for the batch API (default: --api-key)",
  otherKey: "key of another organisation",
  readKey: "key that has only memories:read",
  writeKey: "key that has only memories:write",
  limitedKey: "key of an organisation with few requests a minute",
  exhaustedKey: "key of an organisation that has used up its writes of the month",
  oneAgentKey: "key of an organisation that may have one agent",
} as const;

export type ConformanceKeyName = keyof typeof keyHelp;

/** The names of these keys, as flags and adapters have them. */
export const conformanceKeyNames: readonly ConformanceKeyName[] = [
  "batchKey",
  "otherKey",
  "readKey",
  "writeKey",
  "limitedKey",
  "exhaustedKey",
  "oneAgentKey",
];

/** Gives a command a flag for each of these keys. */
export function withKeyFlags(command: Command): Command {
  for (const name of conformanceKeyNames) {
    const flag = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    command.option(`--${flag} <key>`, keyHelp[name]);
  }
  return command;
}
