import {
  isJSONRPCNotification,
  isJSONRPCRequest,
  type JSONRPCMessage,
  type RequestId,
  type Transport,
} from "@modelcontextprotocol/server";
import { waitSignalOf, type MemoryAccess } from "../memory-access.ts";
import { listenToTasks, readListenRequest } from "../tasks/listen-to-tasks.ts";

/** What to do beside the messages. */
export interface TaskNotificationsOptions {
  /** Called with each message to the client. */
  readonly onSend: (message: JSONRPCMessage) => void;
  /** Called when a request to be notified has ended, with or without an answer. */
  readonly onListened: (id: RequestId) => void;
  /** Called when the connection is closed. */
  readonly onClosed: () => void;
  /** Called with errors that the client does not see. */
  readonly onError: (error: Error) => void;
}

/** A transport that answers requests to be notified about tasks, and passes on everything else. */
export function withTaskNotifications(
  inner: Transport,
  access: MemoryAccess,
  { onSend, onListened, onClosed, onError }: TaskNotificationsOptions,
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
    send(message, options) {
      onSend(message);
      return inner.send(message, options);
    },
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
        .finally(() => {
          listening.delete(listen.id);
          onListened(listen.id);
        });
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
