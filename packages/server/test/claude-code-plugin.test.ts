// The plugin for Claude Code: its hooks as processes, with the input that Claude Code gives them.
import { learnedOf } from "@memlane/core/internal";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ingest, send, waitWhile } from "./http.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

const plugin = fileURLToPath(new URL("../../../integrations/claude-code", import.meta.url));
let server: ServerOnTestDatabase;
let folder: string;
let transcript: string;
beforeAll(async () => {
  server = await startServerOnTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "memlane-plugin-"));
  transcript = join(folder, "session.jsonl");
  await writeFile(transcript, "");
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the command that the plugin registers for an event. */
async function runHook(event: string, session: string, environment: Record<string, string> = {}) {
  const { hooks } = JSON.parse(await readFile(join(plugin, "hooks/hooks.json"), "utf8"));
  const [{ command }] = hooks[event][0].hooks;
  const child = spawn("sh", ["-c", command], {
    env: {
      PATH: `${process.execPath.slice(0, process.execPath.lastIndexOf("/"))}:${process.env["PATH"]}`,
      CLAUDE_PLUGIN_ROOT: plugin,
      CLAUDE_PLUGIN_DATA: folder,
      MEMLANE_API_KEY: server.apiKey,
      MEMLANE_BASE_URL: server.url,
      MEMLANE_USER_ID: "ann",
      ...environment,
    },
    stdio: "pipe",
  });
  child.stdin.end(
    JSON.stringify({
      hook_event_name: event,
      session_id: session,
      transcript_path: transcript,
      cwd: "/home/ann/lighthouse",
    }),
  );
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code: child.exitCode, stdout, stderr };
}

const line = (type: string, content: unknown, more = {}) =>
  `${JSON.stringify({ type, message: { role: type, content }, uuid: crypto.randomUUID(), timestamp: "2026-03-01T10:00:00Z", ...more })}\n`;
const jobs = async () => (await send(server, "GET /v1/jobs", ingest(server))).body.data;
const settled = async () => {
  const [newest] = await jobs();
  return waitWhile(
    () => send(server, `GET /v1/memories/jobs/${newest.id}?wait=20`, ingest(server)),
    "pending",
    "running",
  );
};

test("a session is remembered turn by turn, without tools, thinking and what Claude Code adds", async () => {
  const session = crypto.randomUUID();
  const turn = [
    line("user", "I live in Porto.<system-reminder>The user likes chess.</system-reminder>"),
    line("assistant", [
      { type: "thinking", thinking: "Hm." },
      { type: "text", text: "Noted." },
      { type: "tool_use", name: "Bash", input: {} },
    ]),
    line("user", [{ type: "tool_result", content: "I live in Mars." }]),
    line("user", "I live in Berlin.", { isSidechain: true }),
    line("summary", "x"),
  ];
  await appendFile(transcript, turn.join("") + '{"type":"us');
  expect(await runHook("Stop", session)).toEqual({ code: 0, stdout: "", stderr: "" });
  const first = await settled();
  expect(learnedOf(first.result.memories_created)).toMatchObject([{ text: "User lives in Porto." }]);
  expect(first.result.messages).toHaveLength(2);

  await writeFile(transcript, turn.join("") + line("user", "I am allergic to nuts."));
  // Both hooks at once create one job, and a turn without news creates none.
  await Promise.all([runHook("Stop", session), runHook("SessionEnd", session)]);
  await runHook("SessionEnd", session);
  expect(learnedOf((await settled()).result.memories_created)).toMatchObject([
    { text: "User is allergic to nuts." },
  ]);
  expect(await jobs()).toHaveLength(2);
});

test("the next session starts with what is remembered", async () => {
  const { code, stdout } = await runHook("SessionStart", "next");
  const { hookSpecificOutput } = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(hookSpecificOutput.hookEventName).toBe("SessionStart");
  expect(hookSpecificOutput.additionalContext).toContain("- User lives in Porto. (2026-03-01; conversation");
});

test("a server that is down, or a wrong key, does not stop the session, and the turn is sent later", async () => {
  const session = crypto.randomUUID();
  await writeFile(transcript, line("user", "I play the cello."));
  for (const environment of [
    { MEMLANE_BASE_URL: "http://127.0.0.1:9" },
    { MEMLANE_API_KEY: "wrong" },
    { MEMLANE_API_KEY: "" },
  ]) {
    for (const event of ["SessionStart", "Stop"]) {
      const { code, stdout, stderr } = await runHook(event, session, environment);
      expect([code, stdout]).toEqual([0, ""]);
      expect(stderr).toMatch(/^memlane: /);
    }
  }
  await runHook("Stop", session);
  expect((await settled()).result.messages).toMatchObject([{ outcome: "stored" }]);
});
