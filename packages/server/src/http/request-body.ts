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
  const text = await readText(request, limits, keyId, take);
  if (text.length < largeText) return parseBody(text);
  const json = parseBody(text);
  await pause(); // other requests are answered between the reading of a large body and what follows
  return json;
}

async function readText(
  request: Request,
  { maximumBytes, budget, stallMs }: BodyLimits,
  keyId: string,
  take: (bytes: number) => void,
): Promise<string> {
  const tooLarge = () =>
    new MemlaneError({ code: "body_too_large", message: `the body is larger than ${maximumBytes} bytes` });
  const header = request.headers.get("content-length");
  const declaredBytes = Number(header ?? 0);
  if (declaredBytes > maximumBytes) throw tooLarge();
  budget.check(keyId, declaredBytes); // before the client sends all of it in vain
  const isShort = header !== null && declaredBytes <= onePieceBytes;
  const decode = createDecode();
  const stall = createStall(stallMs);
  let text = "";
  let size = 0;
  try {
    for await (const chunk of isShort ? onePiece(request, stall.race) : pieces(request.body, stall.race)) {
      size += chunk.byteLength;
      if (size > maximumBytes) throw tooLarge();
      take(chunk.byteLength);
      stall.arrived(chunk.byteLength);
      text += decode(chunk);
    }
    return text + decode();
  } catch (cause) {
    if (MemlaneError.is(cause)) throw cause;
    throw new MemlaneError({ code: "malformed_body", message: "the body ended too early", cause });
  } finally {
    stall.stop();
  }
}

type Race = <T>(promise: Promise<T>) => Promise<T>;

/** All of a body whose length is declared, which bounds it. */
async function* onePiece(request: Request, race: Race): AsyncGenerator<Uint8Array, void, undefined> {
  yield new Uint8Array(await race(request.arrayBuffer()));
}

/** A body as it arrives. One that is not read to its end is left as it is: cancelling would cut off the answer. */
async function* pieces(body: Request["body"], race: Race): AsyncGenerator<Uint8Array, void, undefined> {
  if (body === null) return;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await race(reader.read());
    if (done) return;
    yield value;
  }
}

/** Rejects what it races with as soon as too few bytes arrived for too long. */
function createStall(stallMs: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let bytes = 0;
  let fail = (_: Error) => {};
  const stalled = new Promise<never>((_, reject) => (fail = reject));
  stalled.catch(() => {}); // nothing may be racing at that time
  const start = () => {
    timer = setTimeout(() => {
      const message = `the body stopped arriving: less than ${stallBytes} bytes in ${stallMs / 1000} s`;
      fail(new MemlaneError({ code: "malformed_body", message }));
    }, stallMs);
  };
  start();
  return {
    race: <T>(promise: Promise<T>) => Promise.race([promise, stalled]),
    arrived(count: number) {
      bytes += count;
      if (bytes < stallBytes) return;
      bytes = 0;
      clearTimeout(timer);
      start();
    },
    stop: () => clearTimeout(timer),
  };
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

/** Decodes UTF-8 chunk by chunk; without one, what is left. */
function createDecode(): (chunk?: Uint8Array) => string {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  return (chunk) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (cause) {
      throw new MemlaneError({ code: "malformed_body", message: "the body is not UTF-8", cause });
    }
  };
}
