import { parseUuidHex, type Uuid } from "./uuid.ts";

/** Time and randomness for new ids. */
export interface UuidV7Source {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** This many random bytes, from a cryptographic source. */
  readonly randomBytes: (count: number) => Uint8Array;
}

const counterLimit = 0x1000;
const hexOfByte = Array.from({ length: 0x100 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/**
 * Makes UUIDv7s (RFC 9562, 5.7) that sort in the order in which they were made. The 12 bits after the time
 * are a counter (method 1 of 6.2). If it overflows or the clock steps back, it uses the next millisecond.
 */
export function createUuidV7({ now, randomBytes }: UuidV7Source): () => Uuid {
  let lastMs = 0;
  let counter = 0;
  return () => {
    const nowMs = Math.floor(now());
    const random = randomBytes(9);
    if (nowMs > lastMs) {
      lastMs = nowMs;
      counter = random[8]!; // a small random start leaves room to count
    } else if (++counter === counterLimit) {
      lastMs += 1;
      counter = 0;
    }
    const time = lastMs.toString(16).padStart(12, "0");
    const count = counter.toString(16).padStart(3, "0");
    let tail = hexOfByte[(random[0]! & 0x3f) | 0x80]!;
    for (let index = 1; index < 8; index += 1) tail += hexOfByte[random[index]!];
    return parseUuidHex(`${time}7${count}${tail}`)!;
  };
}

/** When a UUIDv7 was made, in milliseconds since the Unix epoch; undefined for any other version. */
export function uuidV7TimeMs(uuid: Uuid): number | undefined {
  return uuid[14] === "7" ? Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16) : undefined;
}
