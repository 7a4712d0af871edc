// The entry `@memlane/mcp/stdio`: an MCP server on the standard streams of a process.
import process from "node:process";
import { serveStdio, StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { createMcpServer } from "./create-mcp-server.ts";
import { waitSignalOf, type MemoryAccess } from "./memory-access.ts";
import { checkLines, longestLineBytes } from "./stdio/check-lines.ts";
import { createRequestsUnderWay } from "./stdio/requests-under-way.ts";
import { withTaskNotifications } from "./stdio/with-task-notifications.ts";

/** Where a server on the standard streams reports errors. */
export interface StdioOptions {
  /** Called with errors that the client does not see. The standard output belongs to the protocol. */
  readonly onError?: ((error: Error) => void) | undefined;
}

/** How long requests may still be answered after the input has ended or `stopping` has aborted, in milliseconds. */
const answeringMs = 10_000;

/**
 * Serves one user's memories on the standard streams. Stops when the client closes the standard input or `stopping` of
 * the access aborts: it ends every wait for a job at once, answers the other requests for up to 10 seconds, and resolves.
 */
export async function serveMcpOverStdio(
  access: MemoryAccess,
  { onError = () => {} }: StdioOptions = {},
): Promise<void> {
  const { stdin, stdout } = process;
  const ended = new AbortController();
  const stopping = waitSignalOf(access, ended.signal);
  const underWay = createRequestsUnderWay();
  const lines = checkLines({
    onMessage: underWay.received,
    onRefusal: (refusal) => stdout.write(`${JSON.stringify(refusal)}\n`),
    async beforeEnd() {
      ended.abort();
      await underWay.allAnswered(answeringMs);
    },
  });
  const end = () => {
    stdin.unpipe(lines).pause();
    lines.end();
  };
  stdin.on("error", onError).on("close", end).pipe(lines);
  if (stopping.aborted) end();
  else stopping.addEventListener("abort", end);

  await new Promise<void>((resolve) => {
    const transport = new StdioServerTransport(lines, stdout, { maxBufferSize: longestLineBytes + 1 });
    serveStdio(() => createMcpServer({ ...access, stopping }), {
      transport: withTaskNotifications(
        transport,
        { ...access, stopping },
        {
          onSend: underWay.sent,
          onListened: underWay.settled,
          onClosed: resolve,
          onError,
        },
      ),
      onerror: onError,
    });
  });
  end();
  stdin.off("error", onError).off("close", end);
}
