import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Migration } from "./migrate.ts";

const packageFile = createRequire(import.meta.url).resolve("@memlane/server/package.json");
const folder = join(dirname(packageFile), "migrations");

/** The numbered migration files of this package, in order. */
export async function readMigrations(): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}-.*\.sql$/.test(file)).toSorted();
  return Promise.all(files.map(async (file) => ({ file, sql: await readFile(join(folder, file), "utf8") })));
}
