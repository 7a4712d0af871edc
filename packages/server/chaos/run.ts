// npm run chaos [-- --site NAME]: kills processes under load, and counts lost and doubled jobs.
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import * as z from "zod";
import { runChaos } from "./chaos.ts";
import { siteTable, type SiteName } from "./site.ts";

const { values: flags } = parseArgs({ options: { site: { type: "string", default: "processes" } } });
const site = z.enum(Object.keys(siteTable) as SiteName[]).parse(flags.site);
const usualKills: Readonly<Record<SiteName, number>> = { processes: 1000, pooler: 200, failover: 50 };
const whole = z.coerce.number().int().positive();
const settings = z
  .object({ CHAOS_KILLS: whole.default(usualKills[site]), MEMLANE_SEED: whole.optional() })
  // oxlint-disable-next-line node/no-process-env -- a separate program
  .parse(process.env);

const kills = settings.CHAOS_KILLS;
const seed = settings.MEMLANE_SEED ?? randomInt(1, 2 ** 31);
const everyMs = 5000;
const startedMs = performance.now();
let shownMs = startedMs;
const repeat = `MEMLANE_SEED=${seed} CHAOS_KILLS=${kills} npm run chaos -- --site ${site}`;
console.error(`${kills} kills; repeat this run with ${repeat}`);

const { acknowledged, faults } = await runChaos({
  site,
  kills,
  seed,
  onProgress(progress) {
    if (performance.now() < shownMs + everyMs) return;
    shownMs = performance.now();
    const seconds = Math.round((shownMs - startedMs) / 1000);
    console.error(`${seconds} s: kills ${progress.kills} of ${kills}, acknowledged ${progress.acknowledged}`);
  },
});
for (const { kind, what } of faults.slice(0, 50)) console.error(`${kind}: ${what}`);
const tally = (["lost", "doubled", "unfinished", "failed-by-chaos"] as const).map(
  (kind) => `${kind} ${faults.filter((fault) => fault.kind === kind).length}`,
);
console.log(`kills ${kills}, acknowledged ${acknowledged}, ${tally.join(", ")}`);
process.exitCode = faults.length === 0 ? 0 : 1;
