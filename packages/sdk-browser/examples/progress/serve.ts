// Runs the example: `node examples/progress/serve.ts`, after the packages are built. It starts its own Memlane server in a
// temporary folder, and a backend that serves the page.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { startTestServer } from "@memlane/server/testing";
import { build } from "esbuild";
import { importNotes, tokenFor } from "./backend.ts";

const { outputFiles } = await build({
  entryPoints: [`${import.meta.dirname}/page.tsx`],
  bundle: true,
  minify: true,
  format: "esm",
  jsx: "automatic",
  define: { "process.env.NODE_ENV": '"production"' },
  write: false,
});
const script = outputFiles[0]!.contents;
const style = await readFile(`${import.meta.dirname}/page.css`);
const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Import notes</title><link rel="stylesheet" href="/page.css"><body><script type="module" src="/page.js"></script>`;

const backend = createServer((request, response) => void answer(request, response));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", origin);
  try {
    if (request.method === "POST" && url.pathname === "/import") {
      const body = new Response(await buffer(request), {
        headers: { "content-type": request.headers["content-type"] ?? "" },
      });
      const notes = ((await body.formData()).get("notes") as string).split(/\r?\n/);
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ ...(await importNotes(notes)), baseUrl: memlane.url }));
    } else if (request.method === "POST" && url.pathname === "/token") {
      response.end(await tokenFor(url.searchParams.get("id") ?? ""));
    } else if (url.pathname === "/page.js") {
      response.setHeader("content-type", "text/javascript");
      response.end(script);
    } else if (url.pathname === "/page.css") {
      response.setHeader("content-type", "text/css");
      response.end(style);
    } else {
      response.setHeader("content-type", "text/html");
      response.end(html);
    }
  } catch (error) {
    response.writeHead(502).end(String(error));
  }
}

backend.listen(Number(process.env["PORT"] ?? 3000), "localhost");
await once(backend, "listening");
const origin = `http://localhost:${(backend.address() as AddressInfo).port}`;
const memlane = await startTestServer({ environment: { MEMLANE_CORS_ORIGINS: origin } });
Object.assign(process.env, { MEMLANE_BASE_URL: memlane.url, MEMLANE_API_KEY: memlane.apiKey });
console.log(`${origin}  (Ctrl-C stops it)`);

await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
backend.closeAllConnections();
backend.close();
await memlane.stop();
