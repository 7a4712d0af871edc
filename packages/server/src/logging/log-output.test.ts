import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLogOutput } from "./log-output.ts";

/** Limits the size of the files that this process writes: the same as a full disk. */
const limitFiles = (bytes: number | "unlimited") =>
  execFileSync("prlimit", [`--pid=${process.pid}`, `--fsize=${bytes}:`]);

test.runIf(process.platform === "linux")("a full disk loses no line, and cuts none", () => {
  const folder = mkdtempSync(join(tmpdir(), "memlane-log-"));
  const file = join(folder, "log");
  const fd = openSync(file, "w");
  try {
    const output = openLogOutput(fd);
    const lines = Array.from({ length: 6 }, (_, at) => `${at}`.repeat(100) + "\n");
    limitFiles(250);
    try {
      for (const line of lines) output.write(line);
      expect(readFileSync(file, "utf8")).toHaveLength(250);
    } finally {
      limitFiles("unlimited");
    }
    output.end();
    expect(readFileSync(file, "utf8")).toBe(lines.join(""));
  } finally {
    closeSync(fd);
    rmSync(folder, { recursive: true });
  }
});
