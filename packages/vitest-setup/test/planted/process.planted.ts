import { spawn } from "node:child_process";
import { test } from "vitest";

test("leaves a child process running", () => {
  spawn(process.execPath, ["--eval", "setTimeout(() => undefined, 15_000)"], { stdio: "ignore" });
});
