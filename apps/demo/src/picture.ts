// npm run picture: runs the demo with colours in an empty folder, and draws its output for the README.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { drawTerminal } from "./terminal-svg.ts";

const columns = 108;
const inFolder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const data = inFolder("../../../.memlane");
const kept = `${data}.kept`;

const isDone = (said: string) => said.includes("Ctrl-C stops");

/** Runs the demo until its last line, and stops it like Ctrl-C. */
async function runDemo(): Promise<string> {
  const demo = spawn(
    process.execPath,
    ["--import", import.meta.resolve("./from-source.ts"), inFolder("main.ts")],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let said = "";
  demo.stdout.setEncoding("utf8").on("data", (chunk) => {
    const wasDone = isDone(said);
    said += String(chunk);
    if (isDone(said) && !wasDone) demo.kill("SIGINT");
  });
  const [code] = await once(demo, "close");
  if (code !== 0) throw new Error(`The demo ended with ${String(code)}.`);
  return said;
}

if (existsSync(data)) await rename(data, kept);
try {
  const said = await runDemo();
  const [shown = ""] = said.split("\u001B[2m\nStopped");
  const text = `\u001B[1m$ npm start\u001B[22m\n\n${shown.trimEnd().replaceAll(/mlk_[\w-]+/g, "mlk_…")}`;
  await writeFile(inFolder("../picture.svg"), drawTerminal("Memlane", text, columns));
} finally {
  await rm(data, { recursive: true, force: true });
  if (existsSync(kept)) await rename(kept, data);
}
