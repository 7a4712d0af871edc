import { messageOf } from "../base/message-of.ts";
import { ignorePostgresVariables } from "../settings/read-environment.ts";
import { createProgram } from "./program.ts";

/** Runs the command of this process. */
export async function runProgram(): Promise<void> {
  try {
    ignorePostgresVariables();
    await createProgram().parseAsync();
  } catch (error) {
    process.stderr.write(`memlane-server: ${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}
