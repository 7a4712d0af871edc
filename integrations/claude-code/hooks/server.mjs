// The Memlane server of the hooks. A plugin is installed without dependencies, so it uses only Node.js.
import { text } from "node:stream/consumers";

const { MEMLANE_API_KEY, MEMLANE_USER_ID, MEMLANE_BASE_URL } = process.env;
const baseUrl = (MEMLANE_BASE_URL || "http://127.0.0.1:8787").replace(/\/+$/, "");

/** Whose memories these are. */
export const userId = MEMLANE_USER_ID || "me";

/** How long one request may take, in milliseconds. */
const requestMs = 4000;

/** Posts JSON, and resolves with the answer's JSON. */
export async function post(path, body, headers = {}) {
  const response = await fetch(baseUrl + path, {
    method: "POST",
    headers: {
      authorization: `Bearer ${MEMLANE_API_KEY}`,
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
    if (!MEMLANE_API_KEY) throw new Error("set MEMLANE_API_KEY");
    await hook(JSON.parse(await text(process.stdin)));
  } catch (error) {
    process.stderr.write(`memlane: ${error.message}\n`);
  }
}
