// Serves one page with a test's script, bundled like an application.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { build } from "esbuild";

/** A running server with one page. */
export interface PageServer {
  /** The page's origin, for the API's list of allowed origins. */
  readonly origin: string;
  /** The values that the page has posted to `/report`. */
  readonly reports: readonly unknown[];
  readonly close: () => Promise<void>;
}

/** Serves a page that runs `script`, a module whose imports are resolved from this folder. */
export async function startPageServer(script: string): Promise<PageServer> {
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: import.meta.dirname, loader: "tsx" },
    bundle: true,
    format: "esm",
    jsx: "automatic",
    write: false,
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const [bundle] = outputFiles;
  const html = `<!doctype html><html lang="en"><title>Memlane</title><body><main></main><script type="module" src="/page.js"></script>`;
  const reports: unknown[] = [];
  const server = createServer((request, response) => {
    if (request.method === "POST") void text(request).then((body) => reports.push(JSON.parse(body)));
    const isScript = request.url === "/page.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html; charset=utf-8");
    response.end(isScript ? bundle!.text : html);
  }).listen(0, "localhost");
  await once(server, "listening");
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    reports,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
