// node bench/import.ts [lines]: imports a file of a million memories into a real server, kills the import twice on the
// way, and prints how fast it was, how much memory it took, and whether each line was stored exactly once.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, readFileSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { MemoryClient } from "@memlane/sdk-node";
import { startTestServer } from "@memlane/server/testing";

const lines = Number(process.argv[2] ?? 1_000_000);
const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const folder = await mkdtemp(join(tmpdir(), "memlane-bench-"));
const file = join(folder, "memories.jsonl");
const say = (line: string) => process.stdout.write(`${line}\n`);

await pipeline(function* () {
  for (let number = 0; number < lines; number += 1) {
    yield `${JSON.stringify({ content: `Memory ${number} of a long life.`, user_id: "bench" })}\n`;
  }
}, createWriteStream(file));
const server = await startTestServer({
  // A limit protects the other keys from one key: here there is only one.
  environment: { MEMLANE_REQUESTS_PER_MINUTE: "10000000" },
});

/** One life of the import: until its end, or until it is killed. Answers its highest memory at each tenth of its way. */
async function live(killAfterLine: number) {
  const args = [cli, "import", file, "--json", "--base-url", server.url, "--api-key", server.apiKey];
  const child = spawn(process.execPath, [...args, "--org-id", server.orgId], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let report = "";
  child.stdout.on("data", (chunk) => (report += chunk));
  const closed = once(child, "close");
  const memoryMiB: { readonly line: number; readonly rss: number }[] = [];
  const isOver = closed.then(() => true);
  while (!(await Promise.race([isOver, sleep(250, false)]))) {
    const line = settledLine();
    memoryMiB.push({ line, rss: residentMiB(child.pid!) });
    if (line >= killAfterLine) child.kill("SIGKILL");
  }
  return { report, memoryMiB };
}

/** The last line in the checkpoint. */
function settledLine(): number {
  try {
    const records = readFileSync(`${file}.memlane-import`, "utf8").split("\n");
    return Number(/"lastLine":(\d+)/.exec(records.at(-2) ?? "")?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function residentMiB(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0; // it has just ended, or this is no Linux
  }
}

try {
  const bytes = (await stat(file)).size;
  say(`${lines.toLocaleString("en")} lines, ${(bytes / 1e6).toFixed(1)} MB`);
  const startMs = performance.now();
  const lives = [];
  for (const killAfterLine of [lines * 0.3, lines * 0.6, Infinity]) {
    lives.push(await live(killAfterLine));
    say(`${lives.length === 3 ? "done" : "killed"} behind line ${settledLine() || lines}`);
  }
  const seconds = (performance.now() - startMs) / 1000;
  const report = JSON.parse(lives.at(-1)!.report);
  say(
    `${seconds.toFixed(1)} s with all three lives, ${Math.round(lines / seconds).toLocaleString("en")} lines/s`,
  );

  // Its start aside, when the code is loaded and compiled.
  const samples = lives.flatMap(({ memoryMiB }) => memoryMiB.slice(4)).filter(({ rss }) => rss > 0);
  const among = (from: number, to: number) =>
    samples.filter(({ line }) => line >= from * lines && line < to * lines).map(({ rss }) => rss);
  for (const [from, to] of [
    [0, 0.3],
    [0.3, 0.6],
    [0.6, 1],
  ] as const) {
    const most = Math.max(...among(from, to)).toFixed(0);
    say(`at most ${most} MiB resident between ${from * 100} % and ${to * 100} % of the file`);
  }

  const { apiKey, orgId, url: baseUrl } = server;
  const client = new MemoryClient({ apiKey, orgId, baseUrl });
  const seen = new Uint8Array(lines);
  for await (const { text } of client.memories.list({ user_id: "bench", limit: 500 })) {
    const number = /^Memory (\d+) /.exec(text)?.[1];
    if (number !== undefined) seen[Number(number)]! += 1;
  }
  const exactlyOnce = seen.filter((times) => times === 1).length;
  const more = seen.filter((times) => times > 1).length;
  say(`landed once: ${exactlyOnce}, never: ${lines - exactlyOnce - more}, more than once: ${more}`);
  say(`the report says: ${report.imported} imported, ${report.failed} failed`);
  if (exactlyOnce !== lines || report.imported !== lines) process.exitCode = 1;
} finally {
  await server.stop();
  await rm(folder, { recursive: true });
}
