// Plain HTTP requests to a test server, with the headers of each dialect.
import { setTimeout as sleep } from "node:timers/promises";
import type { TestServer } from "@memlane/server/testing";

/** A complete answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test says what it expects of it
  readonly body: any;
}

/** Sends one request. A body other than a string is sent as JSON. */
export async function send(
  server: Pick<TestServer, "url">,
  route: string,
  headers: Record<string, string> = {},
  body?: unknown,
): Promise<Answer> {
  const [method = "GET", path = "/"] = route.split(" ");
  const response = await fetch(server.url + path, {
    method,
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text !== "" && response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text,
  };
}

/** The headers of a client of the ingest dialect. */
export const ingest = ({ apiKey, orgId }: Pick<TestServer, "apiKey" | "orgId">) => ({
  "x-api-key": apiKey,
  "x-org-id": orgId,
});

/** The headers of a client of the batch dialect. */
export const batch = ({ apiKey }: Pick<TestServer, "apiKey">) => ({ authorization: `Bearer ${apiKey}` });

/** Reads a job until it has none of these statuses. */
export async function waitWhile(read: () => Promise<Answer>, ...statuses: string[]): Promise<Answer["body"]> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { body } = await read();
    if (!statuses.includes(body.status)) return body;
    if (Date.now() > deadline) throw new Error(`still ${body.status} after a minute`);
    await sleep(20);
  }
}
