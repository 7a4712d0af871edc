import { MemlaneError } from "@memlane/core";
import type { BodyBudget } from "./body-budget.ts";
import { parseBody } from "./parse-body.ts";

/** The body of one request. Nothing of it is read until one of these is called. */
export interface RequestBody {
  /** Reads and parses it for a caller that is known, once, however often it is asked for. */
  readonly readJson: (keyId: string) => Promise<unknown>;
  /** What arrived of its start, at most some kilobytes. Nothing else can be read afterwards. */
  readonly readPrefix: () => Promise<string>;
  /** Lets go of it: its bytes no longer count. */
  readonly close: () => void;
}

/** How bodies are read. */
export interface BodyLimits {
  readonly maximumBytes: number;
  readonly budget: BodyBudget;
  /** How long 128 KiB of a body, or all that is left of it, may take. */
  readonly stallMs: number;
}

/** A body of this length or less is read in one piece: a stream takes several times as long to make as to read. */
const onePieceBytes = 65_536;
const stallBytes = 131_072;
const prefixBytes = 16_384;
const prefixMs = 500;
const largeText = 262_144;

/** Prepares to read a body. Text that is not UTF-8 is refused rather than mended. */
export function createRequestBody(request: Request, limits: BodyLimits): RequestBody {
  let json: Promise<unknown> | undefined;
  const held = { keyId: "", bytes: 0 };
  const take = (keyId: string, bytes: number) => {
    limits.budget.take(keyId, bytes);
    held.keyId = keyId;
    held.bytes += bytes;
  };
  return {
    readJson: (keyId) => (json ??= readJson(request, limits, keyId, (bytes) => take(keyId, bytes))),
    readPrefix: () => readPrefix(request),
    close() {
      json = undefined;
      limits.budget.giveBack(held.keyId, held.bytes);
      held.bytes = 0;
    },
  };
}

async function readJson(
  request: Request,
  limits: BodyLimits,
  keyId: string,
  take: (bytes: number) => void,
): Promise<unknown> {
  const { maximumBytes, budget, stallMs } = limits;
  const header = request.headers.get("content-length");
  const declaredBytes = Number(header ?? 0);
  if (declaredBytes > maximumBytes) throw tooLarge(maximumBytes);
  budget.check(keyId, declaredBytes); // before the client sends all of it in vain
  try {
    if (header !== null && declaredBytes <= onePieceBytes) {
      const bytes = await arriving(request.arrayBuffer(), stallMs);
      take(bytes.byteLength);
      return parseBody(decodeText(wholeDecoder, bytes));
    }
    const text = await readPieces(request.body, limits, take);
    const json = parseBody(text);
    if (text.length >= largeText) await pause(); // so that others are answered before what follows
    return json;
  } catch (cause) {
    if (MemlaneError.is(cause)) throw cause;
    throw new MemlaneError({ code: "malformed_body", message: "the body ended too early", cause });
  }
}

/** Reads a body as it arrives. One that is refused is left as it is: cancelling would cut off the answer. */
async function readPieces(
  body: Request["body"],
  { maximumBytes, stallMs }: BodyLimits,
  take: (bytes: number) => void,
): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = body?.getReader();
  let text = "";
  let totalBytes = 0;
  let untilMs = performance.now() + stallMs;
  let neededBytes = stallBytes; // until then
  while (reader !== undefined) {
    const { done, value } = await arriving(reader.read(), untilMs - performance.now(), stallMs);
    if (done) break;
    totalBytes += value.byteLength;
    neededBytes -= value.byteLength;
    if (totalBytes > maximumBytes) throw tooLarge(maximumBytes);
    take(value.byteLength);
    text += decodeText(decoder, value, { stream: true });
    if (neededBytes > 0) continue;
    untilMs = performance.now() + stallMs;
    neededBytes = stallBytes;
  }
  return text + decodeText(decoder);
}

/** What arrives, or an error if it takes longer than this. */
function arriving<T>(promise: Promise<T>, leftMs: number, stallMs = leftMs): Promise<T> {
  return new Promise((resolve, reject) => {
    const stalled = () => {
      const message = `the body stopped arriving: less than ${stallBytes} bytes in ${stallMs / 1000} s`;
      reject(new MemlaneError({ code: "malformed_body", message }));
    };
    const timer = setTimeout(stalled, leftMs);
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
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
    return text; // the client has gone
  } finally {
    clearTimeout(timer);
  }
}

/** Lets everything else that is ready run first. */
const pause = () => new Promise<void>((resolve) => setTimeout(resolve));

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
