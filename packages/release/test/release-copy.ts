// A temporary copy of the files of a release, because a release changes these files.
import { cp, mkdir, mkdtemp, readdir, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { published, readManifest, repository } from "./packages.ts";
import { run } from "./run.ts";

type Names = readonly (typeof published)[number][];

/** Copies built packages and the settings of the release. */
export async function copyRelease(names: Names = published): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "memlane-release-"));
  const take = async (path: string) => {
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await cp(join(repository, path), join(copy, path), { recursive: true });
  };
  for (const path of ["package.json", "pnpm-workspace.yaml", ".changeset"]) await take(path);
  for (const group of ["packages", "apps"]) {
    for (const name of await readdir(join(repository, group))) await take(`${group}/${name}/package.json`);
  }
  for (const name of names) {
    const folder = `packages/${name}`;
    for (const file of ["README.md", "LICENSE"]) await take(`${folder}/${file}`);
    const { files } = await readManifest(join(repository, folder));
    for (const path of files) await take(`${folder}/${path}`);
    // pnpm looks up the versions of our own packages here.
    const scope = join(copy, folder, "node_modules/@memlane");
    await mkdir(scope, { recursive: true });
    await symlink(join(copy, "packages/core"), join(scope, "core"));
  }
  await mkdir(join(copy, "node_modules"));
  await symlink(join(repository, "node_modules/@changesets"), join(copy, "node_modules/@changesets"));
  return copy;
}

/** The first step of a release, in the copy: makes versions and changelogs from the changesets. */
export async function versionPackages(copy: string): Promise<void> {
  // A changelog names the commit of each changeset, so the copy needs one.
  const git = (...args: readonly string[]) =>
    run("git", ["-c", "user.name=release", "-c", "user.email=release@localhost", ...args], copy);
  await git("init", "--quiet");
  await git("add", "package.json", ".changeset");
  await git("commit", "--quiet", "--no-gpg-sign", "--message", "before");
  await run(process.execPath, [join(repository, "node_modules/@changesets/cli/bin.js"), "version"], copy);
}

/** Packs packages like a release, and resolves with the paths of the tarballs. */
export function packPackages(copy: string, names: Names = published): Promise<readonly string[]> {
  return Promise.all(
    names.map(async (name) => {
      const folder = join(copy, "packages", name);
      const { version } = await readManifest(folder);
      await run("pnpm", ["pack", "--pack-destination", copy], folder);
      return join(copy, `memlane-${name}-${version}.tgz`);
    }),
  );
}
