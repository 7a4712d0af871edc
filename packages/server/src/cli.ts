#!/usr/bin/env node
// memlane-server: runs the server, and manages organisations and keys. The commands are in cli/.
import { messageOf } from "./base/message-of.ts";
import { createProgram } from "./cli/program.ts";
import { ignorePostgresVariables } from "./settings/read-environment.ts";

try {
  ignorePostgresVariables();
  await createProgram().parseAsync();
} catch (error) {
  process.stderr.write(`memlane-server: ${messageOf(error)}\n`);
  process.exitCode = 1;
}
