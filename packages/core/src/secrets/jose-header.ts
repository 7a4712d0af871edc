import { parseJson } from "../json.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const longestHeader = 4096;

/** Whether a text is the header of a JWT (RFC 7515): Base64url of a JSON object that names an algorithm. */
export function isJoseHeader(text: string): boolean {
  if (text.length > longestHeader) return false;
  const decoded = decodeBase64Url(text).trim();
  if (!decoded.endsWith("}")) return false; // an exception of the parser costs more
  const header = parseJson(decoded);
  return typeof header === "object" && header !== null && "alg" in header && typeof header.alg === "string";
}

// Core has neither `atob` nor `Buffer`. The name of an algorithm is ASCII, so other characters need not be right.
function decodeBase64Url(text: string): string {
  let decoded = "";
  let bits = 0;
  let count = 0;
  for (const character of text) {
    bits = ((bits << 6) | alphabet.indexOf(character)) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    decoded += String.fromCharCode((bits >> count) & 0xff);
  }
  return decoded;
}
