import { createWaiter, waitAsVendor, type Wait, type Waiter } from "./waits.ts";
import { createRandom, createWorkloads } from "./workloads.ts";

/** The lag and the requests of one kind of client, over all jobs of a workload. */
export interface Figures {
  readonly lagMs: { readonly median: number; readonly p95: number };
  /** The mean per job, without the request that created the job. */
  readonly requests: number;
}

/** The figures of all compared clients on one workload. */
export interface Line {
  readonly workload: string;
  readonly vendor: Figures;
  /** Our client on a server that does not help. It learns from its past waits. */
  readonly polling: Figures;
  /** The same for the first jobs of each client, before it uses past waits. */
  readonly beginning: Figures;
  /** Our client on a server that sends `Retry-After`. */
  readonly hinted: Figures;
  /** Our client on a server that long-polls. */
  readonly held: Figures;
}

/** The waits of each client, one list per client. */
type Waits = readonly (readonly Wait[])[];

/** All waits for one workload. */
type Waited = Readonly<Record<Exclude<keyof Line, "workload" | "beginning">, Waits>>;

const firstJobs = 8;

/** Waits for the jobs of each workload. The last line summarises all workloads. */
export async function simulate(clientsEach: number, jobsEach: number, seed: number): Promise<Line[]> {
  const random = createRandom(seed);
  const polling = createWaiter(random, "none");
  const hinted = createWaiter(random, "retry-after");
  const held = createWaiter(random, "hold");

  const all: Waited[] = [];
  const lines: Line[] = [];
  for (const { name, clients } of createWorkloads(random, clientsEach, jobsEach)) {
    const waitsOf = async (wait: Waiter): Promise<Waits> => {
      const waits: Wait[][] = [];
      for (const jobs of clients) waits.push(await wait(jobs));
      return waits;
    };
    const waited = {
      vendor: await waitsOf(waitAsVendor),
      polling: await waitsOf(polling),
      hinted: await waitsOf(hinted),
      held: await waitsOf(held),
    };
    all.push(waited);
    lines.push(lineOf(name, [waited]));
  }
  return [...lines, lineOf("all of them", all)];
}

function lineOf(workload: string, waited: readonly Waited[]): Line {
  const figures = (way: keyof Waited, jobs = Infinity) =>
    figuresOf(waited.flatMap((each) => each[way]).flatMap((waits) => waits.slice(0, jobs)));
  return {
    workload,
    vendor: figures("vendor"),
    polling: figures("polling"),
    beginning: figures("polling", firstJobs),
    hinted: figures("hinted"),
    held: figures("held"),
  };
}

function figuresOf(waits: readonly Wait[]): Figures {
  const lags = waits.map(({ lagMs }) => lagMs).toSorted((a, b) => a - b);
  const at = (share: number) => lags[Math.floor(lags.length * share)]!;
  const requests = waits.reduce((sum, wait) => sum + wait.requests, 0) / waits.length;
  return { lagMs: { median: at(0.5), p95: at(0.95) }, requests };
}
