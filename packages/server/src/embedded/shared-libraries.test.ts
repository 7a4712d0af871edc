import { mkdir, mkdtemp, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { linkSharedLibraries } from "./shared-libraries.ts";

test("missing symlinks are created once", async () => {
  const folder = await mkdtemp(join(tmpdir(), "memlane libraries "));
  await mkdir(join(folder, "native/lib"), { recursive: true });
  await writeFile(join(folder, "native/lib/libicu.so.60.2"), "library");
  const list = [{ source: "native/lib/libicu.so.60.2", target: "native/lib/libicu.so.60" }];
  await writeFile(join(folder, "native/pg-symlinks.json"), JSON.stringify(list));
  await linkSharedLibraries(folder);
  await linkSharedLibraries(folder);
  expect(await readlink(join(folder, "native/lib/libicu.so.60"))).toBe("libicu.so.60.2");
  expect(await readFile(join(folder, "native/lib/libicu.so.60"), "utf8")).toBe("library");
  await rm(folder, { recursive: true });
});

test("a package without a list of symlinks, as on Windows, needs none", async () => {
  await expect(linkSharedLibraries(join(tmpdir(), "there is no such folder"))).resolves.toBeUndefined();
});
