#!/usr/bin/env node
// memlane-server: runs the server, and manages organisations and keys. The commands are in cli/.
import { objectionToNode } from "./cli/objection-to-node.ts";
import { restartWithSettings } from "./cli/restart-with-settings.ts";

const objection = objectionToNode(process.versions.node);
if (objection !== undefined) {
  console.error(objection);
  process.exit(2);
}

// The commands that run a server start the program again. They do that before the rest of the program is loaded.
if (["serve", "api", "worker"].includes(process.argv[2] ?? "")) restartWithSettings();
const { runProgram } = await import("./cli/run-program.ts");
await runProgram();
