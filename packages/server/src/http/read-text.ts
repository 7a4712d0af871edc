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
  if (Number(request.headers.get("content-length") ?? 0) > limitBytes) throw tooLarge();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength;
      if (size > limitBytes) throw tooLarge();
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (cause) {
    if (MemlaneError.is(cause)) throw cause;
    const message = cause instanceof TypeError ? "the body is not UTF-8" : "the body ended too early";
    throw new MemlaneError({ code: "malformed_body", message, cause });
  }
}
