import { createWaiter, waitAsVendor, type Wait, type Waiter } from "./waits.ts";
import { createRandom, createWorkloads, type Client } from "./workloads.ts";

/** How one client waits, over all jobs of a workload. */
export interface Figures {
  readonly lagMs: { readonly median: number; readonly p95: number };
  /** For each job. */
  readonly requests: number;
}

/** What the clients that are compared cost on one workload. */
export interface Line {
  readonly workload: string;
  readonly vendor: Figures;
  /** By polling alone, what is learned on the way included. */
  readonly polling: Figures;
  /** The same for the first jobs of each client, of which it knows nothing. */
  readonly beginning: Figures;
  readonly held: Figures;
}

const firstJobs = 4;

/** Waits for so many jobs of each workload, and of all of them together. */
export async function simulate(clientsEach: number, jobsEach: number, seed: number): Promise<Line[]> {
  const random = createRandom(seed);
  const workloads = createWorkloads(random, clientsEach, jobsEach);
  const all = { name: "all of them", clients: workloads.flatMap(({ clients }) => clients) };
  const [byPolling, byHolding] = [createWaiter(random, false), createWaiter(random, true)];
  const lines: Line[] = [];
  for (const { name, clients } of [...workloads, all]) {
    lines.push({
      workload: name,
      vendor: figuresOf(await waitsOf(clients, waitAsVendor)),
      polling: figuresOf(await waitsOf(clients, byPolling)),
      beginning: figuresOf(
        await waitsOf(
          clients.map((jobs) => jobs.slice(0, firstJobs)),
          byPolling,
        ),
      ),
      held: figuresOf(await waitsOf(clients, byHolding)),
    });
  }
  return lines;
}

async function waitsOf(clients: readonly Client[], wait: Waiter): Promise<Wait[]> {
  const waits: Wait[] = [];
  for (const jobs of clients) waits.push(...(await wait(jobs)));
  return waits;
}

function figuresOf(waits: readonly Wait[]): Figures {
  const lags = waits.map(({ lagMs }) => lagMs).toSorted((a, b) => a - b);
  const at = (share: number) => lags[Math.floor(lags.length * share)]!;
  const requests = waits.reduce((sum, wait) => sum + wait.requests, 0) / waits.length;
  return { lagMs: { median: at(0.5), p95: at(0.95) }, requests };
}
