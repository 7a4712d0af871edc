import {
  isJSONRPCErrorResponse,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  type RequestId,
} from "@modelcontextprotocol/server";

/** The requests of a connection that have no answer yet. */
export interface RequestsUnderWay {
  /** Takes note of a message of the client. */
  readonly received: (message: JSONRPCMessage) => void;
  /** Takes note of a message to the client. */
  readonly sent: (message: JSONRPCMessage) => void;
  /** Stops waiting for the answer to a request. */
  readonly settled: (id: RequestId) => void;
  /** Resolves when every request has its answer, or after `mostMs` milliseconds. */
  readonly allAnswered: (mostMs: number) => Promise<void>;
}

/** Follows the messages of a connection. */
export function createRequestsUnderWay(): RequestsUnderWay {
  const ids = new Set<RequestId>();
  let onEmpty = () => {};
  const settled = (id: RequestId | undefined) => {
    if (id !== undefined && ids.delete(id) && ids.size === 0) onEmpty();
  };
  return {
    received(message) {
      if (isJSONRPCRequest(message)) ids.add(message.id);
      // The protocol says that a cancelled request gets no answer.
      else if (isJSONRPCNotification(message) && message.method === "notifications/cancelled") {
        settled(message.params?.["requestId"] as RequestId | undefined);
      }
    },
    sent(message) {
      if (isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message)) settled(message.id);
    },
    settled,
    async allAnswered(mostMs) {
      if (ids.size === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, mostMs);
        onEmpty = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
  };
}
