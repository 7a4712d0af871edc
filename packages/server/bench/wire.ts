// The requests of the measurements, as bytes, and their credentials.

export const orgId = "bench";
export const apiKey = "key-of-the-benchmark";

const credentials = { "x-api-key": apiKey, "x-org-id": orgId, authorization: `Bearer ${apiKey}` };

/** A GET. Without credentials it is for the bare route. */
export const printGet = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  printRequest("GET", path, headers);

/** A POST of JSON. */
export const printPost = (path: string, body: unknown) =>
  printRequest("POST", path, { ...credentials, "content-type": "application/json" }, JSON.stringify(body));

/** A poll of an ingest job. */
export const printPoll = (id: string) => printGet(`/v1/memories/jobs/${id}`, credentials);

/** A conversation of one message. */
export const conversationOf = (content: string) => ({
  messages: [{ role: "user", content }],
  user_id: "ann",
  conv_id: "c",
});

/** A conversation without facts. */
export const trivial = conversationOf("Hello.");

function printRequest(
  method: "GET" | "POST",
  path: string,
  headers: Readonly<Record<string, string>>,
  body = "",
): string {
  const lines = [`${method} ${path} HTTP/1.1`, "host: bench", `content-length: ${Buffer.byteLength(body)}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  return `${lines.join("\r\n")}\r\n\r\n${body}`;
}
