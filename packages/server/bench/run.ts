// npm run bench: measures the server on this machine, prints a table, and writes it to results.json.
import { writeFile } from "node:fs/promises";
import { arch, availableParallelism, cpus, platform, release, totalmem } from "node:os";
import { quantile } from "./clock.ts";
import { measureDrain } from "./drain.ts";
import { measureFairness } from "./fairness.ts";
import { measureRequests, type RequestFigures } from "./requests.ts";
import { measureSearch } from "./search.ts";
import { withStore } from "./store.ts";
import { measureWaiters } from "./waiters.ts";

/** One line of the table. */
interface Line {
  readonly what: string;
  readonly measured: string;
  readonly against: string;
}

const lines: Line[] = [];
const add = (what: string, measured: string, against = "") => {
  lines.push({ what, measured, against });
  console.log(`${what}: ${measured}${against === "" ? "" : ` (${against})`}`);
};
const perSecond = (rate: number) => `${Math.round(rate).toLocaleString("en")}/s`;
const spread = (ms: readonly number[]) =>
  [0.5, 0.99].map((share) => quantile(ms, share).toFixed(1)).join(" / ") +
  ` ms, longest ${Math.max(...ms).toFixed(0)}`;

function addRequests(name: string, { inFlight, shared, single, bare }: RequestFigures): void {
  add(
    `${name}, ${inFlight} in flight`,
    perSecond(shared),
    `${(shared / single).toFixed(2)} × without sharing (${perSecond(single)}), ${(shared / bare).toFixed(2)} × the bare statement (${perSecond(bare)})`,
  );
}

for (const inFlight of [16, 64]) {
  const { posts, polls } = await withStore(({ database }) => measureRequests(database, inFlight));
  addRequests("POST accepted", posts);
  addRequests("poll", polls);
}
await withStore(async ({ database }) => {
  for (const [orgs, places] of [
    [1, 4],
    [1, 16],
    [10, 16],
    [1000, 16],
  ] as const) {
    const rate = await measureDrain(database, 10_000, orgs, places);
    add(`10,000 trivial jobs of ${orgs} organisations, ${places} places`, perSecond(rate));
  }
});
for (const count of [500, 5000]) {
  const delaysMs = await withStore((store) => measureWaiters(store, count));
  add(`end of a job to its waiter, ${count} waiters on one API: p50 / p99`, spread(delaysMs));
}
for (const places of [1, 4]) {
  const waitedMs = await measureFairness(50, places);
  add(`single job beside 200 batches of 500, ${places} places: p50 / p99`, spread(waitedMs));
}

const searches = await withStore(({ database }) => measureSearch(database, 100_000, 300));
for (const [what, tookMs] of Object.entries(searches)) {
  const measured = `${quantile(tookMs, 0.5).toFixed(1)} / ${quantile(tookMs, 0.95).toFixed(1)} ms`;
  add(`search among 100,000 memories, ${what}: p50 / p95`, measured);
}

const machine = {
  date: new Date().toISOString().slice(0, 10),
  cores: availableParallelism(),
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  memoryGiB: Math.round(totalmem() / 1024 ** 3),
  system: `${platform()} ${release()} ${arch()}`,
  node: process.version,
};
console.log(`\n${Object.values(machine).join(", ")}\n`);
console.log("| what | measured | against |\n| --- | --- | --- |");
for (const { what, measured, against } of lines) console.log(`| ${what} | ${measured} | ${against} |`);
await writeFile(new URL("results.json", import.meta.url), `${JSON.stringify({ machine, lines }, null, 2)}\n`);
