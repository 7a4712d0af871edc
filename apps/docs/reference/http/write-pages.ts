// Writes the pages of the HTTP reference from the server's OpenAPI documents, with the answers of a real server.
import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { clientDialects } from "@memlane/core/internal";
import { startTestServer } from "@memlane/server/testing";
import { serverFolder } from "../../src/components/package-folder.ts";
import { samples } from "../../src/live/samples.ts";
import { createSampleSender } from "../../src/live/send-samples.ts";
import { readHttpApi, type HttpApi } from "./documents.ts";
import { httpGroups } from "./groups.ts";
import { printObjectsPage, printOperationPage } from "./print-page.ts";

const folder = new URL("../../src/content/docs/reference/http/operations/", import.meta.url);

/** The receiver of the samples. The server sends to a local one instead. */
const receiverOfSamples = "https://agent.example.com/memlane";

/** Writes a page for each operation, or for the operations that dialects have on one path. */
export async function writeHttpReference(): Promise<void> {
  const receiver = createServer((_request, response) => response.writeHead(204).end()).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/memlane`;
  const server = await startTestServer({
    orgId: "acme",
    environment: { MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true" },
  });
  try {
    const api = await readHttpApi(
      server.url,
      clientDialects.map(({ name }) => name),
    );
    refuseUnlisted(api);
    const sender = createSampleSender({
      origin: server.url,
      apiKey: await createOperatorKey(server.dataDirectory),
      async fetch(request) {
        const body = (await request.text()).replace(receiverOfSamples, receiverUrl);
        const answer = await fetch(request.url, {
          method: request.method,
          headers: request.headers,
          body: body === "" ? null : body,
        });
        const text = (await answer.text()).replaceAll(receiverUrl, receiverOfSamples);
        return new Response(text === "" ? null : text, answer);
      },
    });
    for (const name of Object.keys(samples)) await sender.send(name);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    for (const page of httpGroups.flatMap(({ pages }) => pages))
      await writeFile(new URL(`${page.slug}.mdx`, folder), await printOperationPage(page, api, sender));
    await writeFile(new URL("objects.mdx", folder), printObjectsPage(api));
  } finally {
    await server.stop();
    receiver.close();
  }
}

/** Creates a key that may send every sample. */
async function createOperatorKey(dataDirectory: string): Promise<string> {
  const command = join(serverFolder, "dist", "cli.js");
  const scopes = ["operator", "memories:read", "memories:write"];
  const options = ["--name", "reference", "--scopes", scopes.join(","), "--data", dataDirectory];
  const created = await promisify(execFile)(process.execPath, [
    command,
    "keys",
    "create",
    "acme",
    ...options,
  ]);
  return created.stdout.trim();
}

function refuseUnlisted({ operations }: HttpApi): void {
  const listed = new Set(httpGroups.flatMap(({ pages }) => pages.flatMap((page) => page.operations)));
  const unlisted = [...operations.keys()].filter((id) => !listed.has(id));
  if (unlisted.length > 0)
    throw new Error(
      `Add ${unlisted.join(", ")} to a group in reference/http/groups.ts: the reference lacks it.`,
    );
}
