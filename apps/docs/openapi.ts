import { mkdir, writeFile } from "node:fs/promises";
import { startTestServer } from "@memlane/server/testing";

/** Writes the OpenAPI document that the server makes of its own routes, and resolves with its address. */
export async function writeOpenApi(): Promise<string> {
  const server = await startTestServer();
  try {
    const answer = await fetch(`${server.url}/openapi.json`);
    const file = new URL(".astro/openapi.json", import.meta.url);
    await mkdir(new URL(".", file), { recursive: true });
    await writeFile(file, await answer.text());
    // The plugin cannot open a path with a space in it that is encoded.
    return decodeURI(file.href);
  } finally {
    await server.stop();
  }
}
