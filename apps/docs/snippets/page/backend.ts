// Has the API key, and serves the page, which must never get it.
import { readFile } from "node:fs/promises";
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { text } from "node:stream/consumers";
import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();
const baseUrl = process.env["MEMLANE_BASE_URL"];

async function answer(
  { method, url = "/" }: IncomingMessage,
  body: string,
) {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  switch (`${method} ${pathname}`) {
    case "POST /import": {
      const notes = body.split("\n").map((content) => ({ content }));
      const job = await client.batch.create(notes, { token: true });
      return JSON.stringify({
        id: job.id,
        token: job.token,
        baseUrl,
      });
    }
    // For a page that is still open when its token expires.
    // First check whether this user may see this job.
    case "POST /token": {
      const id = searchParams.get("id") ?? "";
      return (await client.batch.createToken(id)).token;
    }
    case "GET /page.js":
      return readFile("page.js");
    default:
      return readFile("index.html");
  }
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
) {
  const isScript = request.url === "/page.js";
  const type = isScript
    ? "text/javascript"
    : "text/html; charset=utf-8";
  try {
    const content = await answer(request, await text(request));
    response.setHeader("content-type", type).end(content);
  } catch (error) {
    response.writeHead(502).end(String(error));
  }
}

const server = createServer(
  (request, response) => void handle(request, response),
);
server.listen(Number(process.env["PORT"] ?? 3000), "localhost");
