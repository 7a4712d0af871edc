// Serves the built site like a host of static files.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import type { TestProject } from "vitest/node";
import { distFolder } from "./built-pages.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The site's address, without a slash at the end. */
    readonly site: string;
  }
}

const types: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/** Starts the server, and returns a function that stops it. */
export async function setup(project: TestProject): Promise<() => void> {
  const answer = async (url: string, response: ServerResponse) => {
    const { pathname } = new URL(url, "http://site");
    const file = join(distFolder, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    const send = async (status: number, path: string) => {
      const content = await readFile(path);
      response.writeHead(status, { "content-type": types[extname(path)] ?? "application/octet-stream" });
      response.end(content);
    };
    await send(200, file).catch(() => send(404, join(distFolder, "404.html")));
  };
  const server = createServer((request, response) => void answer(request.url ?? "/", response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  project.provide("site", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return () => void server.close();
}
