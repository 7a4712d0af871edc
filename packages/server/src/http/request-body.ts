import { MemlaneError } from "@memlane/core";
import type { BodyBudget, BodyShare } from "./body-budget.ts";
import { parseBody } from "./parse-body.ts";
import { refuseCompressedBody } from "./refuse-compressed-body.ts";
import { yieldAfterLongWork } from "../base/yield-after-long-work.ts";

/** The body of one request. It is not read until one of these functions is called. */
export interface RequestBody {
  /** Reads and parses the body for a known organisation; undefined if it is empty. Later calls return the same result. */
  readonly readJson: (orgId: string) => Promise<unknown>;
  /** About the first 16 KiB, read for at most 500 ms unless they were read already. After that, the rest cannot be read. */
  readonly readPrefix: () => Promise<string>;
  /** Ends the use of the body: its bytes are no longer counted. */
  readonly close: () => void;
}

/** Limits on reading bodies. */
export interface BodyLimits {
  readonly maximumBytes: number;
  readonly budget: BodyBudget;
  /** How long each 128 KiB of a body, or its remainder, may take to arrive. */
  readonly stallMs: number;
}

/**
 * Bodies up to this length are read at once, because creating a stream takes several times as long
 * as reading.
 */
const onePieceBytes = 16_384;
/**
 * Longer bodies are decoded in pieces of this length, because a string of many tiny pieces takes
 * many times its length in memory.
 */
const pieceBytes = 65_536;
const stallBytes = 131_072;
const prefixBytes = 16_384;
const prefixMs = 500;

/** Prepares to read a body. Text that is not valid UTF-8 is refused, not repaired. */
export function createRequestBody(request: Request, limits: BodyLimits): RequestBody {
  let json: Promise<unknown> | undefined;
  let share: BodyShare | undefined;
  let start: Uint8Array | undefined;
  const keepStart = (bytes: Uint8Array) => (start ??= bytes);
  return {
    readJson(orgId) {
      share ??= limits.budget.open(orgId);
      return (json ??= readJson(request, limits, share, keepStart));
    },
    async readPrefix() {
      if (start !== undefined) return new TextDecoder().decode(start.subarray(0, prefixBytes));
      return request.bodyUsed ? "" : readPrefix(request);
    },
    close() {
      json = undefined;
      start = undefined;
      share?.close();
    },
  };
}

async function readJson(
  request: Request,
  limits: BodyLimits,
  share: BodyShare,
  keepStart: (bytes: Uint8Array) => void,
): Promise<unknown> {
  const { maximumBytes, stallMs } = limits;
  refuseCompressedBody(request.headers);
  const header = request.headers.get("content-length");
  const declaredBytes = Number(header ?? 0);
  if (declaredBytes > maximumBytes) throw tooLarge(maximumBytes);
  try {
    if (header !== null && declaredBytes <= onePieceBytes) {
      const bytes = await arriving(request.arrayBuffer(), stallMs);
      keepStart(new Uint8Array(bytes));
      share.take(bytes.byteLength);
      return parseBody(decodeText(wholeDecoder, bytes));
    }
    const hasArrived = await share.arrive();
    const reading = readPieces(request.body, limits, share, { declaredBytes, keepStart });
    const text = await reading.finally(hasArrived);
    return await yieldAfterLongWork(() => parseBody(text));
  } catch (cause) {
    if (MemlaneError.is(cause)) throw cause;
    throw new MemlaneError({ code: "malformed_body", message: "the body is incomplete", cause });
  }
}

/**
 * Reads a body as it arrives. If it does not fit the budget, reads it to its end and drops it,
 * because few clients read an answer while they send. If it is refused for another reason, leaves
 * the rest unread. Does not cancel it, because that would cut off the answer.
 */
async function readPieces(
  body: Request["body"],
  { maximumBytes, stallMs }: BodyLimits,
  share: BodyShare,
  { declaredBytes, keepStart }: { declaredBytes: number; keepStart: (bytes: Uint8Array) => void },
): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = body?.getReader();
  const piece = new Uint8Array(pieceBytes);
  let filledBytes = 0;
  let text = "";
  const append = (bytes: Uint8Array) => {
    if (filledBytes + bytes.byteLength > pieceBytes) {
      text += decodeText(decoder, piece.subarray(0, filledBytes), { stream: true });
      filledBytes = 0;
    }
    if (bytes.byteLength > pieceBytes) text += decodeText(decoder, bytes, { stream: true });
    else {
      piece.set(bytes, filledBytes);
      filledBytes += bytes.byteLength;
    }
  };
  let totalBytes = 0;
  let refusal = refusalOf(() => share.check(declaredBytes));
  let untilMs = performance.now() + stallMs;
  let neededBytes = stallBytes; // must arrive before `untilMs`
  while (reader !== undefined) {
    const turn = share.nextTurn();
    if (turn !== undefined) {
      const waitingMs = performance.now();
      await turn;
      untilMs += performance.now() - waitingMs; // the client does not answer for this time
    }
    const { done, value } = await arriving(reader.read(), untilMs - performance.now(), stallMs);
    if (done) break;
    keepStart(value);
    totalBytes += value.byteLength;
    if (totalBytes > maximumBytes) throw tooLarge(maximumBytes);
    neededBytes -= value.byteLength;
    if (neededBytes <= 0) {
      untilMs = performance.now() + stallMs;
      neededBytes = stallBytes;
    }
    refusal ??= refusalOf(() => share.take(value.byteLength));
    if (refusal === undefined) append(value);
    else {
      text = "";
      share.close();
    }
  }
  if (refusal !== undefined) throw refusal;
  return text + decodeText(decoder, piece.subarray(0, filledBytes));
}

/** The error of a call; undefined if it succeeds. */
function refusalOf(call: () => void): Error | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Waits for the next piece. Rejects if it takes longer than `leftMs`. */
function arriving<T>(promise: Promise<T>, leftMs: number, stallMs = leftMs): Promise<T> {
  return new Promise((resolve, reject) => {
    const stalled = () => {
      const message = `the body stopped arriving: less than ${stallBytes} bytes in ${stallMs / 1000} s`;
      reject(new MemlaneError({ code: "malformed_body", message }));
    };
    const timer = setTimeout(stalled, leftMs);
    promise.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}

async function readPrefix({ body }: Request): Promise<string> {
  if (body === null) return "";
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<{ done: true; value?: undefined }>((resolve) => {
    timer = setTimeout(() => resolve({ done: true }), prefixMs);
  });
  try {
    while (text.length < prefixBytes) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) break;
      text += decoder.decode(value.subarray(0, prefixBytes), { stream: true });
    }
    return text;
  } catch {
    return text; // the client has disconnected
  } finally {
    clearTimeout(timer);
  }
}

function tooLarge(maximumBytes: number): MemlaneError {
  const message = `the body is larger than ${maximumBytes} bytes`;
  return new MemlaneError({ code: "body_too_large", message });
}

const wholeDecoder = new TextDecoder("utf-8", { fatal: true });

function decodeText(
  decoder: typeof wholeDecoder,
  ...bytes: Parameters<(typeof wholeDecoder)["decode"]>
): string {
  try {
    return decoder.decode(...bytes);
  } catch (cause) {
    throw new MemlaneError({ code: "malformed_body", message: "the body is not UTF-8", cause });
  }
}
