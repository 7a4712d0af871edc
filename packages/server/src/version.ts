import { readFileSync } from "node:fs";
import * as z from "zod/mini";

const manifest = new URL(import.meta.resolve("@memlane/server/package.json"));

/** The version of this package. */
export const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(manifest, "utf8")));
