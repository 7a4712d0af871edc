import { MemlaneError } from "@memlane/core";

/**
 * Reads a request's body once, however often it is asked for, and never more than `limitBytes` of it. Text that
 * is not UTF-8 is refused rather than mended.
 */
export function createReadText(request: Request, limitBytes: number): () => Promise<string> {
  let text: Promise<string> | undefined;
  return () => (text ??= readText(request, limitBytes));
}

async function readText(request: Request, limitBytes: number): Promise<string> {
  const tooLarge = () =>
    new MemlaneError({ code: "body_too_large", message: `the body is larger than ${limitBytes} bytes` });
  const declaredBytes = request.headers.get("content-length");
  if (Number(declaredBytes ?? 0) > limitBytes) throw tooLarge();
  const decode = createDecode();
  let text = "";
  let size = 0;
  try {
    for await (const chunk of declaredBytes === null ? (request.body ?? []) : atOnce(request)) {
      size += chunk.byteLength;
      if (size > limitBytes) throw tooLarge();
      text += decode(chunk);
    }
    return text + decode();
  } catch (cause) {
    if (MemlaneError.is(cause)) throw cause;
    throw new MemlaneError({ code: "malformed_body", message: "the body ended too early", cause });
  }
}

/** All of a body whose length is declared, which bounds it: streams take several times as long to make as to read. */
async function* atOnce(request: Request): AsyncGenerator<Uint8Array, void, undefined> {
  yield new Uint8Array(await request.arrayBuffer());
}

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
