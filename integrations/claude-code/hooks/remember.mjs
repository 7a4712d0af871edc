// Runs at Claude Code's hooks Stop and SessionEnd. Sends the lines of the transcript that were not sent yet.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { dataFolder, userId } from "./environment.mjs";
import { readMessages } from "./read-messages.mjs";
import { post, runHook } from "./server.mjs";

await runHook(async ({ session_id, transcript_path, cwd }) => {
  const file = join(dataFolder, `${basename(session_id)}.json`);
  const sent = await readFile(file, "utf8").then(JSON.parse, () => ({ lines: 0 }));
  // What follows the last line break is still being written.
  const lines = (await readFile(transcript_path, "utf8")).split("\n").slice(0, -1);
  // A line has at most one message, so 5000 lines fit into one request (10,000 messages). After an outage, the next run sends the rest.
  const until = Math.min(lines.length, sent.lines + 5000);
  const messages = lines.slice(sent.lines, until).flatMap(readMessages);
  if (messages.length > 0) {
    const body = { messages, user_id: userId, conv_id: session_id, app_id: basename(cwd || "") || undefined };
    // If both hooks send the same lines, the server creates one job.
    await post("/v1/memories", body, {
      "idempotency-key": `claude-code:${session_id}:${sent.lines}-${until}`,
    });
  }
  await mkdir(dataFolder, { recursive: true });
  await writeFile(file, JSON.stringify({ lines: until }));
});
