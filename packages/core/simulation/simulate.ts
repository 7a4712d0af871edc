import { createWaiter, waitAsVendor, type Wait, type Waiter } from "./waits.ts";
import { createRandom, createWorkloads } from "./workloads.ts";

/** The lag and the requests of one kind of client, over all jobs of a workload. */
export interface Figures {
  readonly lagMs: { readonly median: number; readonly p95: number };
  /** The mean per job, without the request that created the job. */
  readonly requests: number;
}

/** The figures of all compared clients on one workload. */
export interface Row {
  readonly workload: string;
  /** A vendor's client. */
  readonly vendor: Figures;
  /** Our client on a server without long-polls and `Retry-After`. The client learns from its past waits. */
  readonly polling: Figures;
  /** The same for the first jobs of each client, before it uses past waits. */
  readonly beginning: Figures;
  /** Our client on a server that sends `Retry-After`. */
  readonly hinted: Figures;
  /** Our client on a server that long-polls. */
  readonly longPolled: Figures;
}

/** One list of waits per client. */
type Waits = readonly (readonly Wait[])[];

/** The waits for the jobs of one workload, by kind of client. */
type Waited = Readonly<Record<Exclude<keyof Row, "workload" | "beginning">, Waits>>;

const firstJobs = 8;

/** Simulates how each client waits for the jobs of each workload. The last row summarises all workloads. */
export async function simulate(clientsEach: number, jobsEach: number, seed: number): Promise<Row[]> {
  const random = createRandom(seed);
  const polling = createWaiter(random, "none");
  const hinted = createWaiter(random, "retry-after");
  const longPolled = createWaiter(random, "long-poll");

  const all: Waited[] = [];
  const rows: Row[] = [];
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
      longPolled: await waitsOf(longPolled),
    };
    all.push(waited);
    rows.push(rowOf(name, [waited]));
  }
  return [...rows, rowOf("all of them", all)];
}

function rowOf(workload: string, waited: readonly Waited[]): Row {
  const figures = (way: keyof Waited, jobs = Infinity) =>
    figuresOf(waited.flatMap((each) => each[way]).flatMap((waits) => waits.slice(0, jobs)));
  return {
    workload,
    vendor: figures("vendor"),
    polling: figures("polling"),
    beginning: figures("polling", firstJobs),
    hinted: figures("hinted"),
    longPolled: figures("longPolled"),
  };
}

function figuresOf(waits: readonly Wait[]): Figures {
  const lags = waits.map(({ lagMs }) => lagMs).toSorted((a, b) => a - b);
  const at = (share: number) => lags[Math.floor(lags.length * share)]!;
  const requests = waits.reduce((sum, wait) => sum + wait.requests, 0) / waits.length;
  return { lagMs: { median: at(0.5), p95: at(0.95) }, requests };
}
