import { readdirSync } from "node:fs";
import { parse } from "node:path";

/** The guides in the sidebar, in the order in which they are shown. */
export const guideGroups = [
  group("Send and wait", [
    "node-client",
    "runtimes",
    "python",
    "keys",
    "waiting",
    "webhooks",
    "receiving-webhooks",
    "browser",
    "react",
    "errors",
    "ids",
    "idempotency",
    "limits",
    "usage",
  ]),
  group("Memories", [
    "search",
    "context",
    "facts",
    "groups",
    "artifacts",
    "lessons",
    "extractor",
    "llm-extractor",
  ]),
  group("Import, export, delete", ["importing", "exporting", "delete-a-user"]),
  group("Run a server", [
    "self-hosting",
    "console",
    "production",
    "security",
    "health-checks",
    "metrics",
    "logs",
    "traces",
    "jobs-and-stats",
    "upgrading",
    "scaling",
    "systemd",
    "kubernetes",
    "own-postgresql",
    "poolers",
    "failover",
    "backup",
    "troubleshooting",
  ]),
  group("Move and compare", ["moving-from-xtrace", "moving-from-korely", "moving-from-mem0", "conformance"]),
];

function group(label: string, pages: readonly string[]) {
  return { label, items: pages.map((page) => `guides/${page}`) };
}

const shown = new Set(guideGroups.flatMap(({ items }) => items));
for (const file of readdirSync(new URL("src/content/docs/guides/", import.meta.url))) {
  const page = `guides/${parse(file).name}`;
  if (!shown.has(page)) throw new Error(`Add ${page} to a group in guide-groups.ts: the sidebar lacks it.`);
}
