// The entry `@memlane/mcp/stdio`: an MCP server on the standard streams of a process.
import {
  isJSONRPCNotification,
  isJSONRPCRequest,
  type JSONRPCMessage,
  type RequestId,
  type Transport,
} from "@modelcontextprotocol/server";
import { serveStdio, StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { createMcpServer } from "./create-mcp-server.ts";
import { waitSignalOf, type MemoryAccess } from "./memory-access.ts";
import { listenToTasks, readListenRequest } from "./tasks/listen-to-tasks.ts";

/** Options of the server on standard streams. */
export interface StdioOptions {
  /** Called with errors that the client does not see. The standard output belongs to the protocol. */
  readonly onError?: ((error: Error) => void) | undefined;
}

/** Serves one user's memories on the standard streams. Resolves when the client closes them. */
export async function serveMcpOverStdio(
  access: MemoryAccess,
  { onError = () => {} }: StdioOptions = {},
): Promise<void> {
  const transport = new StdioServerTransport();
  await new Promise<void>((resolve) => {
    serveStdio(() => createMcpServer(access), {
      transport: withTaskNotifications(transport, access, onError, resolve),
      onerror: onError,
    });
  });
}

/** A transport that answers requests to be notified about tasks, and passes on everything else. */
function withTaskNotifications(
  inner: Transport,
  access: MemoryAccess,
  onError: (error: Error) => void,
  onClosed: () => void,
): Transport {
  const listening = new Map<RequestId, AbortController>();
  const outer: Transport = {
    async start() {
      Object.assign(inner, {
        onmessage: ((message, extra) => {
          if (!answer(message)) outer.onmessage?.(message, extra);
        }) satisfies Transport["onmessage"],
        onerror: (error: Error) => outer.onerror?.(error),
        onclose() {
          for (const each of listening.values()) each.abort();
          outer.onclose?.();
          onClosed();
        },
      });
      await inner.start();
    },
    send: (message, options) => inner.send(message, options),
    close: () => inner.close(),
  };

  /** Whether the message was for us. */
  function answer(message: JSONRPCMessage): boolean {
    const listen = isJSONRPCRequest(message) ? readListenRequest(message) : undefined;
    if (listen !== undefined) {
      const ending = new AbortController();
      listening.set(listen.id, ending);
      const send = (sent: JSONRPCMessage) => void inner.send(sent).catch(onError);
      void listenToTasks(access, listen, send, waitSignalOf(access, ending.signal))
        .catch((error: unknown) => {
          if (!ending.signal.aborted) onError(error instanceof Error ? error : new Error(String(error)));
        })
        .finally(() => listening.delete(listen.id));
      return true;
    }
    if (!isJSONRPCNotification(message) || message.method !== "notifications/cancelled") return false;
    const id = message.params?.["requestId"] as RequestId | undefined;
    const ending = id === undefined ? undefined : listening.get(id);
    ending?.abort();
    return ending !== undefined;
  }

  return outer;
}
