// `memlane mcp` as a process, whose messages a test writes and reads line by line.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

/** How a process ended. */
interface McpEnd {
  readonly code: number | null;
  readonly stderr: string;
  /** The messages that were not read before. */
  readonly messages: readonly any[];
}

/** A process that speaks the protocol. Reading throws if a line of its output is no message of JSON-RPC. */
export interface McpProcess {
  readonly child: ChildProcess;
  /** Writes a line. */
  readonly write: (line: string) => void;
  /** Writes a message, without its `jsonrpc`. */
  readonly send: (message: object) => void;
  /** The next message. */
  readonly next: () => Promise<any>;
  /** Waits for its end. */
  readonly ended: () => Promise<McpEnd>;
  /** Closes its input, and waits for its end. */
  readonly end: () => Promise<McpEnd>;
}

/** Starts the process with only these variables in its environment. */
export function startMcp(environment: Readonly<Record<string, string>>): McpProcess {
  const child = spawn(process.execPath, [cli, "mcp"], { env: environment, stdio: "pipe" });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const stderr = text(child.stderr);
  const closed = once(child, "close");
  const write = (line: string) => void child.stdin.write(`${line}\n`);
  const readMessage = (line: string) => {
    const message = JSON.parse(line);
    if (message.jsonrpc !== "2.0") throw new Error(`not a message of JSON-RPC: ${line}`);
    return message;
  };
  const ended = async () => {
    const messages: unknown[] = [];
    for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
      messages.push(readMessage(line.value));
    }
    await closed;
    return { code: child.exitCode, stderr: await stderr, messages };
  };
  return {
    child,
    write,
    send: (message) => write(JSON.stringify({ jsonrpc: "2.0", ...message })),
    next: async () => readMessage(String((await lines.next()).value)),
    ended,
    end() {
      child.stdin.end();
      return ended();
    },
  };
}
