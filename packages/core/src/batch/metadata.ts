import * as z from "zod/mini";
import { storableObject } from "../dialect/storable.ts";

/** The maximum size of a memory's metadata, in bytes of JSON in UTF-8. */
export const maximumMetadataBytes = 8192;

/** The metadata of a memory. */
export const metadataWire = storableObject.check(
  z.refine((metadata) => isWithin(JSON.stringify(metadata), maximumMetadataBytes), {
    error: `must have at most ${maximumMetadataBytes.toLocaleString("en")} bytes as JSON`,
  }),
  z.meta({ description: `At most ${maximumMetadataBytes.toLocaleString("en")} bytes as JSON, in UTF-8.` }),
);

function isWithin(text: string, maximumBytes: number): boolean {
  // A UTF-16 unit has one to three bytes in UTF-8, so the length alone nearly always decides.
  if (text.length > maximumBytes) return false;
  if (3 * text.length <= maximumBytes) return true;
  let bytes = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x1_00_00 ? 3 : 4;
  }
  return bytes <= maximumBytes;
}
