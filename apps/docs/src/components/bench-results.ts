import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { serverFolder } from "./package-folder.ts";

const resultsSchema = z.object({
  machine: z.object({
    date: z.string(),
    cores: z.number(),
    cpu: z.string(),
    memoryGiB: z.number(),
    system: z.string(),
    node: z.string(),
  }),
  parts: z.record(
    z.string(),
    z.array(
      z.object({
        what: z.string(),
        measured: z.string(),
        against: z.string(),
        ratio: z.string(),
        goal: z.string(),
      }),
    ),
  ),
});

/** The results of `npm run bench`, from its file. */
export const benchResults = resultsSchema.parse(
  JSON.parse(readFileSync(join(serverFolder, "bench", "results.json"), "utf8")),
);
