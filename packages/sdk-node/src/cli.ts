#!/usr/bin/env node
// memlane: imports files, looks after jobs, searches.
import { runProgram } from "./cli/program.ts";

// Whoever reads our output may stop reading before we are done, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await runProgram(process.argv.slice(2));
