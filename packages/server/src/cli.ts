#!/usr/bin/env node
// memlane-server: runs the server, and manages organisations and keys. The commands are in cli/.
import { withoutMemoryProtectionKeys } from "./cli/without-memory-protection-keys.ts";

// The commands that run a server start the program again. They do that before the rest of the program is loaded.
if (["serve", "api", "worker"].includes(process.argv[2] ?? "")) withoutMemoryProtectionKeys();
const { runProgram } = await import("./cli/run-program.ts");
await runProgram();
