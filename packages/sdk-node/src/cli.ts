#!/usr/bin/env node
// memlane: imports files, manages jobs, searches.
import { exitCodes } from "./cli/exit-code.ts";
import { runProgram } from "./cli/program.ts";

// The reader of our output may stop before we have written everything, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  process.stderr.write(`memlane: cannot write to the standard output: ${error.message}\n`);
  process.exit(exitCodes.unusable);
});

process.exitCode = await runProgram(process.argv.slice(2));
