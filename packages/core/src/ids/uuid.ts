import type { Brand } from "../brand.ts";

/** A UUID (RFC 9562) in its canonical spelling: lower case, with dashes. */
export type Uuid = Brand<string, "Uuid">;

const dashed = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const bare = /^[0-9a-f]{32}$/i;

/** Reads the dashed form, in either case. */
export function parseUuid(text: string): Uuid | undefined {
  return dashed.test(text) ? (text.toLowerCase() as Uuid) : undefined;
}

/** Reads 32 hex digits without dashes, in either case. */
export function parseUuidHex(text: string): Uuid | undefined {
  if (!bare.test(text)) return undefined;
  const hex = text.toLowerCase();
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return parts.join("-") as Uuid;
}

/** Prints 32 lower-case hex digits without dashes. */
export function printUuidHex(uuid: Uuid): string {
  return uuid.replaceAll("-", "");
}
