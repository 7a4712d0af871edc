import { mkdtemp, rm } from "node:fs/promises";
import { Client } from "pg";
import { startAttackers } from "./attackers.ts";
import { besiege } from "./besieged-server.ts";
import { fillMemory } from "./fill-memory.ts";
import { startNeighbour } from "./neighbour.ts";
import { keyOf, tenantOf } from "./tenant.ts";
const rounds: any[] = JSON.parse(process.env.ROUNDS!);
const durationMs = Number(process.env.MS ?? 8000);
const directory = await mkdtemp("/tmp/memlane-siege-");
const ids = ["mallory", "trudy", "oscar"];
const server = await besiege({ directory, environment: { MEMLANE_BOOTSTRAP_KEYS: ["neighbour", ...ids].map((o) => `${o}:${keyOf(o)}`).join(","), MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true" }, memoryLimitBytes: 2 ** 30 });
const attackers = startAttackers(server.url, ids);
await server.untilCalm();
const url = await server.findDatabaseUrl();
await fillMemory(url, "mallory", 200_000);
const client = new Client({ connectionString: url }); await client.connect();
const neighbour = startNeighbour(tenantOf(server.url, "neighbour"));
for (const assaults of rounds) {
  const started = performance.now();
  const seen = new Map<string, number>();
  const sampling = setInterval(async () => {
    const { rows } = await client.query("select application_name as a, wait_event as w, left(regexp_replace(query, '\\s+', ' ', 'g'), 90) as q from pg_stat_activity where state = 'active' and pid <> pg_backend_pid()");
    for (const { a, w, q } of rows) seen.set(`${a}|${w}|${q}`, (seen.get(`${a}|${w}|${q}`) ?? 0) + 1);
  }, 50);
  await attackers.attack(assaults, durationMs);
  await server.untilCalm();
  clearInterval(sampling);
  console.log(assaults.map((a: any) => a.attack).join("; "));
  const samples = neighbour.samplesSince(started) as any[];
  const sorted = samples.toSorted((x, y) => y.tookMs - x.tookMs);
  console.log("p99", sorted[Math.floor(sorted.length / 100)]?.tookMs.toFixed(0), sorted.slice(0, 8).map((s) => `${s.what ?? ""} ${s.tookMs.toFixed(0)}@${(s.startedMs - started).toFixed(0)}`).join(", "));
  for (const [what, n] of [...seen].sort((x, y) => y[1] - x[1]).slice(0, 14)) console.log(`  ${n} ${what}`);
}
attackers.close();
await client.end();
await server.stop();
await rm(directory, { recursive: true, force: true });
process.exit(0);
