// npm run bench: measures the server on this machine, prints a table, and writes it to results.json.
import { readFile, writeFile } from "node:fs/promises";
import { arch, availableParallelism, cpus, platform, release, totalmem } from "node:os";
import * as z from "zod";
import { measureBatchItems } from "./batch-items.ts";
import { quantile } from "./clock.ts";
import { measureConversations } from "./conversations.ts";
import { measureDrain } from "./drain.ts";
import { measureEndToEnd } from "./end-to-end.ts";
import { measureExpiry } from "./expiry.ts";
import { measureFairness } from "./fairness.ts";
import { measureIdle } from "./idle.ts";
import { measureManyRows } from "./many-rows.ts";
import { measureOverHttp } from "./over-http.ts";
import { measureRequests, type RequestFigures } from "./requests.ts";
import { measureSearch } from "./search.ts";
import { measureStalls } from "./stalls.ts";
import { withStore } from "./store.ts";
import { measureWaiters } from "./waiters.ts";

const lineSchema = z.object({
  what: z.string(),
  measured: z.string(),
  against: z.string(),
  /** The ratio to the comparison, and the goal; empty if there is no goal. */
  ratio: z.string(),
  goal: z.string(),
});
const resultsSchema = z.object({
  machine: z.record(z.string(), z.union([z.string(), z.number()])),
  parts: z.record(z.string(), z.array(lineSchema)),
});

/** One line of the table. */
type Line = z.infer<typeof lineSchema>;

const perSecond = (rate: number) => `${Math.round(rate).toLocaleString("en")}/s`;
const ms = (duration: number) => `${duration.toPrecision(3)} ms`;
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
const spread = (durationsMs: readonly number[]) =>
  [0.5, 0.99].map((share) => quantile(durationsMs, share).toFixed(1)).join(" / ") +
  ` ms, longest ${Math.max(...durationsMs).toFixed(0)}`;
/** A figure with or without a goal. */
const line = (what: string, measured: string, against = "", ratio = "", goal = ""): Line => ({
  what,
  measured,
  against,
  ratio,
  goal,
});

/** A figure with a goal: `ours` divided by `other`. */
const compared = (
  what: string,
  print: (figure: number) => string,
  ours: number,
  [other, named]: readonly [figure: number, name: string],
  goal: string,
) => line(what, print(ours), `${named}: ${print(other)}`, (ours / other).toFixed(2), goal);

function sharing(name: string, { inFlight, shared, single, bare }: RequestFigures): Line {
  return line(
    `${name} without sockets, ${inFlight} in flight`,
    perSecond(shared),
    `${(shared / single).toFixed(2)} × without sharing (${perSecond(single)}), ${(shared / bare).toFixed(2)} × the bare statement (${perSecond(bare)})`,
  );
}

const parts: Readonly<Record<string, (conversationsFile: string) => Promise<Line[]>>> = {
  async conversations(file) {
    const figures = await withStore((store) => measureConversations(store, file, 500));
    const { ours, extraction, inserts, messagesEach, memoriesEach } = figures;
    const limit = 1 / (1 / extraction + 1 / inserts);
    const limits = `extraction alone (${perSecond(extraction)}) and then bare inserts (${perSecond(inserts)})`;
    const each = `${messagesEach.toFixed(0)} messages and ${memoriesEach.toFixed(1)} memories each`;
    return [
      compared(`real conversations, POST to stored, ${each}`, perSecond, ours, [limit, limits], "≥ 0.5"),
    ];
  },
  async http() {
    const { posts, gets } = await withStore((store) => measureOverHttp(store, 8000));
    return [
      compared(
        "POST accepted, 64 clients",
        perSecond,
        posts.ours,
        [posts.bare, "bare inserts, 16 in flight"],
        "≥ 1.0",
      ),
      compared("GET job, 64 clients", perSecond, gets.ours, [gets.bare, "bare Hono route"], "≥ 0.8"),
    ];
  },
  async queues() {
    const lines: Line[] = [];
    for (const places of [4, 16]) {
      const rates = await withStore((store) => measureEndToEnd(store, 3000, places));
      const { ours, pgBoss, graphileWorker } = rates;
      const best = Math.max(pgBoss, graphileWorker);
      const others = `better of pg-boss (${perSecond(pgBoss)}) and graphile-worker (${perSecond(graphileWorker)})`;
      lines.push(
        compared(
          `trivial jobs, POST to terminal, ${places} places`,
          perSecond,
          ours,
          [best, others],
          "≥ 1.0",
        ),
      );
    }
    return lines;
  },
  async idle() {
    const { ours, bare } = await withStore((store) => measureIdle(store, 200));
    return [compared("idle: POST to succeeded, p50", ms, ours, [bare, "insert, notify and update"], "≤ 2.2")];
  },
  async rows() {
    const { few, many } = await measureManyRows(10_000, 10_000_000);
    return [compared("GET job among 10 M jobs, p50", ms, many, [few, "among 10 k"], "≤ 1.2")];
  },
  async batches() {
    const { ours, bare } = await withStore((store) => measureBatchItems(store, 40));
    return [compared("items of batches", perSecond, ours, [bare, "bare multi-row inserts"], "≥ 0.5")];
  },
  async expiry() {
    const { seconds, tookMs, quietMs, sizes } = await measureExpiry(1_000_000);
    return [
      line(
        "1 M jobs expire at once: longest request meanwhile",
        ms(Math.max(...tookMs)),
        `${ms(Math.max(...quietMs))} without; p99 ${ms(quantile(tookMs, 0.99))} and ${ms(quantile(quietMs, 0.99))}`,
        "",
        "≤ 50 ms",
      ),
      line(
        "the same: rate, and size of the table before, after, and with as many jobs again",
        perSecond(1_000_000 / seconds),
        sizes.map(megabytes).join(", "),
      ),
    ];
  },
  async sharing() {
    const lines: Line[] = [];
    for (const inFlight of [16, 64]) {
      const { posts, polls } = await withStore(({ database }) => measureRequests(database, inFlight));
      lines.push(sharing("POST accepted", posts), sharing("poll", polls));
    }
    return lines;
  },
  drain: () =>
    withStore(async ({ database }) => {
      const lines: Line[] = [];
      for (const [orgs, places] of [
        [1, 4],
        [1, 16],
        [10, 16],
        [1000, 16],
      ] as const) {
        const rate = await measureDrain(database, 10_000, orgs, places);
        const of = orgs === 1 ? "1 organisation" : `${orgs} organisations`;
        lines.push(line(`10,000 queued trivial jobs of ${of}, ${places} places`, perSecond(rate)));
      }
      return lines;
    }),
  async waiters() {
    const lines: Line[] = [];
    for (const count of [500, 5000]) {
      const delaysMs = await withStore((store) => measureWaiters(store, count));
      lines.push(
        line(`end of a job to its waiter, ${count} waiters on one API: p50 / p99`, spread(delaysMs)),
      );
    }
    return lines;
  },
  async fairness() {
    const lines: Line[] = [];
    for (const places of [1, 4]) {
      const waitedMs = await measureFairness(50, places);
      lines.push(line(`single job beside 200 batches of 500, ${places} places: p50 / p99`, spread(waitedMs)));
    }
    return lines;
  },
  async stalls() {
    const stalls = await withStore((store) => measureStalls(store, 3));
    return stalls.map(({ what, ms: longest, goalMs }) =>
      line(`longest stall of the event loop: ${what}`, ms(longest), "", "", `≤ ${goalMs} ms`),
    );
  },
  async search() {
    const searches = await withStore(({ database }) => measureSearch(database, 100_000, 300));
    return Object.entries(searches).map(([what, tookMs]) => {
      const [median, p95] = [0.5, 0.95].map((share) => quantile(tookMs, share).toFixed(1));
      return line(
        `search among 100,000 memories, ${what}: p50 / p95`,
        `${median} / ${p95} ms`,
        "",
        "",
        "p95 ≤ 20 ms",
      );
    });
  },
};

const names = Object.keys(parts);
const settings = z
  .object({
    BENCH_PARTS: z
      .string()
      .default(names.join())
      .transform((list) => list.split(","))
      .pipe(z.array(z.enum(names))),
    BENCH_CONVERSATIONS: z.string().default(""),
  })
  // oxlint-disable-next-line node/no-process-env -- a separate program
  .safeParse(process.env);
if (!settings.success) {
  console.error(z.prettifyError(settings.error));
  process.exit(2);
}
const { BENCH_PARTS: chosen, BENCH_CONVERSATIONS: conversationsFile } = settings.data;

const file = new URL("results.json", import.meta.url);
const machine = {
  date: new Date().toISOString().slice(0, 10),
  cores: availableParallelism(),
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  memoryGiB: Math.round(totalmem() / 1024 ** 3),
  system: `${platform()} ${release()} ${arch()}`,
  node: process.version,
};
const measured: Record<string, Line[]> = {};
for (const [name, measure] of Object.entries(parts)) {
  if (!chosen.includes(name)) continue;
  if (name === "conversations" && conversationsFile === "") {
    console.error("conversations: left out, because BENCH_CONVERSATIONS names no file");
    continue;
  }
  console.error(`${name} …`);
  measured[name] = await measure(conversationsFile);
  await save(measured);
}

/** Replaces the measured parts in the results and keeps the others. */
async function save(latest: Readonly<Record<string, Line[]>>): Promise<void> {
  const all = { ...resultsSchema.parse(JSON.parse(await readFile(file, "utf8"))).parts, ...latest };
  const inOrder = names.flatMap((name) => (all[name] ? [[name, all[name]]] : []));
  await writeFile(file, `${JSON.stringify({ machine, parts: Object.fromEntries(inOrder) }, null, 2)}\n`);
}

console.log(`${Object.values(machine).join(", ")}\n`);
console.log("| what | measured | against | ratio | goal |\n| --- | --- | --- | --- | --- |");
for (const { what, measured: figure, against, ratio, goal } of Object.values(measured).flat())
  console.log(`| ${what} | ${figure} | ${against} | ${ratio} | ${goal} |`);
