import { mkdir, readFile, writeFile } from "node:fs/promises";
import { startTestServer } from "@memlane/server/testing";

/** The answers that a snippet has printed. */
const printed = [
  ["/v1/memories", "post", "200", "ingest.sh"],
  ["/v1/memories", "post", "201", "korely.sh"],
  ["/v1/memories", "post", "202", "xtrace.sh"],
  ["/v1/memories/jobs/{id}", "get", "200", "ingest.sh"],
  ["/v1/batch", "post", "200", "batch.sh"],
  ["/v1/batch/{id}", "get", "200", "long-poll.sh"],
  ["/v1/jobs/{id}/retry", "post", "200", "long-poll.sh"],
] as const;

/** Writes the OpenAPI document of the server's routes, and resolves with its path. */
export async function writeOpenApi(): Promise<string> {
  const server = await startTestServer();
  try {
    const answer = await fetch(`${server.url}/openapi.json`);
    const document = await answer.json();
    for (const [path, method, status, snippet] of printed) {
      const example = await readFile(new URL(`snippets/${snippet}.out`, import.meta.url), "utf8");
      const { content } = document.paths[path][method].responses[status];
      content["application/json"].example = JSON.parse(example);
    }
    const file = new URL(".astro/openapi.json", import.meta.url);
    await mkdir(new URL(".", file), { recursive: true });
    await writeFile(file, JSON.stringify(document));
    // The plugin cannot open a path with an encoded space.
    return decodeURI(file.href);
  } finally {
    await server.stop();
  }
}
