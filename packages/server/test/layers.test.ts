// The linter refuses imports against the server's layers: its own configuration, run on planted
// files.
import { spawnSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseJson } from "@memlane/core/internal";
import { beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";

const upward = "boundaries(dependencies)";
const circle = "import(no-cycle)";

/** Planted files: the text of each, and the rule that refuses it. */
const planted: readonly (readonly [title: string, file: string, text: string, rule?: string])[] = [
  [
    "allows a file without imports",
    "http/route.ts",
    "export type Route = string;\nexport const route = 1;\n",
  ],
  [
    "allows an import from the same folder",
    "http/openapi/describe.ts",
    'export { route } from "../route.ts";\n',
  ],
  ["allows an import from below", "app.ts", 'export { route } from "./http/route.ts";\n'],
  [
    "refuses an upward import of a value",
    "store/value.ts",
    'export { route } from "../http/route.ts";\n',
    upward,
  ],
  [
    "refuses an upward import of a type",
    "store/type.ts",
    'export type { Route } from "../http/route.ts";\n',
    upward,
  ],
  [
    "refuses an upward import at run time",
    "store/late.ts",
    'export const late = import("../http/route.ts");\n',
    upward,
  ],
  [
    "refuses an upward import of a root file",
    "store/root.ts",
    'export { route } from "../app.ts";\n',
    upward,
  ],
  [
    "refuses an import from the same layer",
    "worker/worker.ts",
    'export { route } from "../http/route.ts";\n',
    upward,
  ],
  [
    "refuses a folder without a layer",
    "utils/pad.ts",
    "export const pad = 1;\n",
    "boundaries(no-unknown-files)",
  ],
  [
    "refuses a circle of types, from one side",
    "base/a.ts",
    'import type { B } from "./b.ts";\nexport type A = B[];\n',
    circle,
  ],
  [
    "refuses a circle of types, from the other",
    "base/b.ts",
    'import type { A } from "./a.ts";\nexport type B = A[];\n',
    circle,
  ],
];

const repository = fileURLToPath(new URL("../../..", import.meta.url));
const report = z.object({
  diagnostics: z.array(z.object({ filename: z.string(), code: z.string() })),
});

let refusals: z.infer<typeof report>["diagnostics"];
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "memlane-layers-"));
  try {
    await copyFile(join(repository, "oxlint.config.ts"), join(folder, "oxlint.config.ts"));
    await symlink(join(repository, "node_modules"), join(folder, "node_modules"), "junction");
    for (const [, file, text] of planted) {
      const path = join(folder, "packages/server/src", file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
    const oxlint = join(repository, "node_modules/oxlint/bin/oxlint");
    // Only `packages`: oxlint would follow the link to `node_modules`.
    const run = spawnSync(process.execPath, [oxlint, "--format", "json", "packages"], {
      cwd: folder,
      encoding: "utf8",
      timeout: 100_000,
    });
    refusals = report.parse(parseJson(run.stdout)).diagnostics;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test.each(planted)("the linter %s", (_title, file, _text, rule) => {
  const refused = refusals.filter(({ filename }) => filename === `packages/server/src/${file}`);
  expect(refused.map(({ code }) => code)).toEqual(rule === undefined ? [] : [rule]);
});
