// Replaces the parts of Node.js that the server uses, for a page: `node:crypto`, `node:net` and `node:timers/promises`.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

type Encoding = "hex" | "base64" | "base64url" | "buffer";

function encode(bytes: Uint8Array, encoding: Encoding): string | Uint8Array {
  if (encoding === "buffer") return bytes;
  if (encoding === "hex") return bytesToHex(bytes);
  const base64 = btoa(String.fromCharCode(...bytes));
  return encoding === "base64"
    ? base64
    : base64
        .replaceAll("+", "-")
        .replaceAll("/", "_")
        .replace(/={1,2}$/, "");
}

/** `crypto.hash`, of SHA-256. */
export function hash(_algorithm: "sha256", text: string, encoding: Encoding = "hex"): string | Uint8Array {
  return encode(sha256(utf8ToBytes(text)), encoding);
}

/** `crypto.createHash`, of SHA-256. */
export function createHash(_algorithm: "sha256") {
  const running = sha256.create();
  const hashing = {
    update(text: string) {
      running.update(utf8ToBytes(text));
      return hashing;
    },
    digest: (encoding: Encoding) => encode(running.digest(), encoding),
  };
  return hashing;
}

/** Random bytes with a `toString` like that of a `Buffer`, but with hex as its default. */
export function randomBytes(size: number): Uint8Array {
  const bytes = crypto.getRandomValues(new Uint8Array(size));
  return Object.assign(bytes, {
    toString: (encoding: Encoding = "hex") => encode(bytes, encoding) as string,
  });
}

/** `crypto.randomUUID`. */
export const randomUUID = (): string => crypto.randomUUID();

/** `timers/promises.setTimeout`. */
export function setTimeout<Value>(
  delayMs?: number,
  value?: Value,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      globalThis.clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = globalThis.setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve(value);
    }, delayMs);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}

/** `timers/promises.setImmediate`. */
export const setImmediate = (): Promise<unknown> => setTimeout(0);

/** `net.isIP`: 4, 6, or 0 if the text is not an address. */
export function isIP(text: string): 0 | 4 | 6 {
  if (/^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(text)) return 4;
  return text.includes(":") && URL.canParse(`http://[${text}]/`) ? 6 : 0;
}
