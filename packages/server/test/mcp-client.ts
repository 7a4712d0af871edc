// The official SDK's client for the tests of `/mcp`.
import { Client, StreamableHTTPClientTransport, type ClientOptions } from "@modelcontextprotocol/client";
import {
  createTaskSessionFromClient,
  type RawClientDispatch,
  type TaskEnabledSession,
} from "@modelcontextprotocol/ext-tasks/client";
import type { TestServer } from "@memlane/server/testing";

/** The newest version of the protocol. */
const newest = "2026-07-28";
const clientInfo = { name: "memlane-tests", version: "1.0.0" };
const tasks = { "io.modelcontextprotocol/tasks": {} };

/** How a test connects. */
export interface McpConnection {
  /** The query of the URL. @default ?user_id=ann */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The version of the protocol. @default the newest */
  readonly era?: "newest" | "2025-11-25";
  readonly capabilities?: ClientOptions["capabilities"];
}

/** Where a server serves the protocol, and with which key. */
export type McpServerAddress = Pick<TestServer, "url" | "apiKey">;

const headersOf = ({ apiKey }: McpServerAddress, headers = {}) => ({
  authorization: `Bearer ${apiKey}`,
  ...headers,
});

/** Connects the SDK's client. */
export async function connectMcp(
  server: McpServerAddress,
  { query = "?user_id=ann", headers, era = "newest", capabilities }: McpConnection = {},
): Promise<Client> {
  const client = new Client(clientInfo, {
    ...(capabilities && { capabilities }),
    versionNegotiation: { mode: era === "newest" ? { pin: newest } : "legacy" },
  });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${server.url}/mcp${query}`), {
      requestInit: { headers: headersOf(server, headers) },
    }),
  );
  return client;
}

/** How to send one message. */
interface McpMessageOptions {
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The extensions that the client declares. @default tasks */
  readonly extensions?: object;
  readonly signal?: AbortSignal | undefined;
}

/** Sends one message as a client that declares tasks, and returns its answer. */
export async function sendMcp(
  server: McpServerAddress,
  method: string,
  params: Readonly<Record<string, unknown>> = {},
  { query = "?user_id=ann", headers = {}, extensions = tasks, signal }: McpMessageOptions = {},
): Promise<Response> {
  const name = params["name"] ?? params["uri"] ?? params["taskId"];
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": newest,
    "io.modelcontextprotocol/clientInfo": clientInfo,
    "io.modelcontextprotocol/clientCapabilities": { extensions },
  };
  return fetch(`${server.url}/mcp${query}`, {
    method: "POST",
    ...(signal && { signal }),
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": newest,
      "mcp-method": method,
      ...(typeof name === "string" && { "mcp-name": name }),
      ...headersOf(server, headers),
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: { ...params, _meta } }),
  });
}

/** The official client for tasks, on a connection of the SDK's client. */
export function openTasks(server: McpServerAddress, client: Client): TaskEnabledSession {
  const rawDispatch: RawClientDispatch = async (request, { signal } = {}) => {
    const { method, params } = request as { method: string; params: Record<string, unknown> };
    const answer = await sendMcp(server, method, params, { signal });
    const { result, error } = (await answer.json()) as any;
    return error === undefined ? { kind: "result", result } : { kind: "error", error };
  };
  return createTaskSessionFromClient(client, {
    endpointId: "tests",
    rawDispatch,
    v2RequestFraming: { protocolVersion: newest, clientInfo, clientCapabilities: { extensions: tasks } },
  });
}

/** The messages of an event stream, until it ends. */
export async function* messagesOf({ body }: Response): AsyncGenerator<any> {
  let buffered = "";
  for await (const text of body!.pipeThrough(new TextDecoderStream())) {
    buffered += text;
    const events = buffered.split("\n\n");
    buffered = events.pop()!;
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data !== undefined) yield JSON.parse(data);
    }
  }
}
