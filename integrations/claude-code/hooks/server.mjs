// The Memlane server of the hooks. A plugin is installed without dependencies, so it uses only Node.js.
import { text } from "node:stream/consumers";
import { apiKey, baseUrl } from "./environment.mjs";

/** How long one request may take, in milliseconds. */
const requestMs = 4000;

/** Posts JSON, and resolves with the answer's JSON. */
export async function post(path, body, headers = {}) {
  const response = await fetch(new URL(path, baseUrl), {
    method: "POST",
    headers: {
      authorization: `Bearer ${apiKey}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...headers,
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(requestMs),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`the server answered ${response.status}: ${answer.slice(0, 200)}`);
  return JSON.parse(answer);
}

/** Runs a hook with its input. A hook that fails must not stop the session, so it only reports the failure. */
export async function runHook(hook) {
  try {
    if (!apiKey) throw new Error("set MEMLANE_API_KEY");
    await hook(JSON.parse(await text(process.stdin)));
  } catch (error) {
    process.stderr.write(`memlane: ${error.message}\n`);
  }
}
