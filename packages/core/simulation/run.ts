// `pnpm run simulate` waits for 100,000 jobs, prints the lags and requests, and writes them to README.md.
import { readFile, writeFile } from "node:fs/promises";
import { simulate, type Figures, type Row } from "./simulate.ts";

const seed = 20_261_127;
const rows = await simulate(125, 100, seed);
const table = [
  "jobs of a client | vendor: lag p50 / p95, requests | polling | first jobs | Retry-After | long-polls",
  "--- | --- | --- | --- | --- | ---",
  ...rows.map(cellsOf),
].map((row) => `| ${row} |`);
console.log(table.join("\n"));

const readme = new URL("README.md", import.meta.url);
const marked = /(?<=<!-- simulated -->\n).*(?=<!-- end -->)/s;
const text = await readFile(readme, "utf8");
await writeFile(
  readme,
  text.replace(marked, () => `\n${table.join("\n")}\n\n`),
);

function cellsOf({ workload, vendor, ...ways }: Row): string {
  const { lagMs, requests } = vendor;
  const costs = `${Math.round(lagMs.median)} / ${Math.round(lagMs.p95)} ms, ${requests.toFixed(1)}`;
  const { polling, beginning, hinted, longPolled } = ways;
  const ours = [polling, beginning, hinted, longPolled];
  return [workload, costs, ...ours.map((figures) => compare(figures, vendor))].join(" | ");
}

function compare({ lagMs, requests }: Figures, vendor: Figures): string {
  const lag = (lagMs.median / vendor.lagMs.median).toFixed(2);
  const tail = (lagMs.p95 / vendor.lagMs.p95).toFixed(2);
  return `${lag} / ${tail} × lag, ${(requests / vendor.requests).toFixed(2)} × requests`;
}
