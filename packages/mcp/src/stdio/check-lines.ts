import { Buffer } from "node:buffer";
import { Transform } from "node:stream";
import { callbackify } from "node:util";
import {
  parseJSONRPCMessage,
  ProtocolErrorCode,
  type JSONRPCMessage,
  type RequestId,
} from "@modelcontextprotocol/server";
import * as z from "zod";

/** Larger than any request that a server accepts. */
export const longestLineBytes = 10 * 1024 * 1024;

const lineFeed = 0x0a;

/** The protocol's answer to a line that is no message. The id is null if the line has none that can be read. */
interface Refusal {
  readonly jsonrpc: "2.0";
  readonly id: RequestId | null;
  readonly error: { readonly code: number; readonly message: string };
}

/** What to do with the lines. */
export interface LineChecks {
  /** Called with each message, before it is passed on. */
  readonly onMessage: (message: JSONRPCMessage) => void;
  /** Called with the answer to each line that is no message. */
  readonly onRefusal: (refusal: Refusal) => void;
  /** Delays the end of the stream after the end of its input. */
  readonly beforeEnd: () => Promise<void>;
}

/**
 * Passes on the lines that are messages of JSON-RPC. The SDK's transport would drop any other line without an answer,
 * and close the connection after one that is too long.
 */
export function checkLines({ onMessage, onRefusal, beforeEnd }: LineChecks): Transform {
  let parts: Buffer[] = [];
  let byteLength = 0;
  const add = (part: Buffer) => {
    byteLength += part.length;
    // The rest of a line that is too long is not kept.
    if (byteLength > longestLineBytes) parts = [];
    else parts.push(part);
  };
  /** The line, if it is a message. */
  const takeLine = (): string | undefined => {
    const read =
      byteLength > longestLineBytes
        ? refuse(ProtocolErrorCode.InvalidRequest, `a line may have at most ${longestLineBytes} bytes`)
        : readLine(Buffer.concat(parts).toString("utf8").trim());
    parts = [];
    byteLength = 0;
    if (read === undefined) return undefined;
    if ("error" in read) onRefusal(read);
    else onMessage(read.message);
    return "error" in read ? undefined : read.line;
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let start = 0;
      for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
        add(chunk.subarray(start, end));
        start = end + 1;
        const line = takeLine();
        if (line !== undefined) this.push(`${line}\n`);
      }
      if (start < chunk.length) add(chunk.subarray(start));
      done();
    },
    flush(done) {
      const line = takeLine();
      if (line !== undefined) this.push(`${line}\n`);
      callbackify(beforeEnd)(done);
    },
  });
}

/** Reads one line; undefined if it is empty. */
function readLine(
  line: string,
): Refusal | { readonly line: string; readonly message: JSONRPCMessage } | undefined {
  if (line === "") return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return refuse(ProtocolErrorCode.ParseError, "the line is not JSON");
  }
  try {
    return { line, message: parseJSONRPCMessage(value) };
  } catch {
    const { data: request } = identified.safeParse(value);
    return refuse(
      ProtocolErrorCode.InvalidRequest,
      "the line is not one message of JSON-RPC 2.0",
      request?.id,
    );
  }
}

/** What looks like a request, so that its sender gets the answer. */
const identified = z.object({ id: z.union([z.string(), z.number()]), method: z.string() });

function refuse(code: ProtocolErrorCode, message: string, id: RequestId | null = null): Refusal {
  return { jsonrpc: "2.0", id, error: { code, message } };
}
