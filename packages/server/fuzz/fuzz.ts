// Sends thousands of hostile requests to a real server, and measures what the server keeps afterwards.
import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { Client as Postgres } from "pg";
import * as z from "zod";
import { inheritedEnvironment } from "../src/settings/read-environment.ts";
import { startTestPostgres } from "../src/testing.ts";
import { readOperations } from "./api-document.ts";
import { hostileRequest } from "./hostile-request.ts";
import { send } from "./send.ts";

export interface FuzzOptions {
  readonly requests: number;
  readonly seed: number;
  readonly onProgress?: (sent: number) => void;
}

export interface FuzzReport {
  readonly requests: number;
  /** How often each status was answered; 0 means a connection that was closed without an answer. */
  readonly statuses: ReadonlyMap<number, number>;
  /** The number of accepted jobs that failed or did not end. */
  readonly brokenJobs: number;
  /** How much more the server keeps than after the first requests. */
  readonly growth: { readonly heapBytes: number; readonly handles: number };
  /** How many connections to the database it has. */
  readonly connections: number;
}

const heapSlackBytes = 16 * 2 ** 20; // compiled code and bounded caches
const handleSlack = 20; // the database's pool, idle or not
const mostConnections = 12; // ten of the pool, and those that listen

/** Whether the server keeps more than it needs to serve. */
export const hasGrown = ({ growth, connections }: FuzzReport) =>
  growth.heapBytes > heapSlackBytes || growth.handles > handleSlack || connections > mostConnections;

/** The number of simultaneous requests. */
const together = 64;
const warmUp = 8; // rounds, before the server is measured for the first time

const holdings = z.object({ heapBytes: z.number(), handles: z.number() });

/**
 * Sends hostile requests, many at a time.
 *
 * @throws Error with the fewest requests that make the server answer with a 5xx or leave a connection open
 */
export async function runFuzz({ requests, seed, onProgress }: FuzzOptions): Promise<FuzzReport> {
  const postgres = await startTestPostgres();
  const server = fork(fileURLToPath(new URL("measured-server.ts", import.meta.url)), {
    env: {
      ...inheritedEnvironment(),
      DATABASE_URL: postgres.url,
      MEMLANE_PORT: "0",
      MEMLANE_BOOTSTRAP_KEYS: "acme:key-of-acme-for-fuzzing",
      MEMLANE_MAX_BODY_BYTES: "1000000",
    },
    execArgv: [],
  });
  try {
    const url = z.string().parse((await once(server, "message"))[0]);
    const target = { ...(await readOperations(url)), ...(await fill(url)) };
    const statuses = new Map<number, number>();
    let sent = 0;
    const round = async (sending: readonly Parameters<typeof send>[1][]) => {
      const outcomes = await Promise.all(sending.map((request) => send(url, request)));
      for (const { statuses: answered, hangs } of outcomes) {
        if (hangs) throw new Error("the server left a connection open");
        if (answered.some((status) => status >= 500))
          throw new Error(`the server answered ${answered.join(", ")}`);
        for (const status of answered.length > 0 ? answered : [0])
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
      onProgress?.((sent += sending.length));
    };
    const sending = fc.array(hostileRequest(target), {
      minLength: together,
      maxLength: together,
      size: "max",
    });
    const check = (rounds: number, from: number) =>
      fc.assert(fc.asyncProperty(sending, round), { seed: from, numRuns: rounds, endOnFailure: false });

    await check(warmUp, seed + 1);
    const before = await atRest();
    await check(Math.ceil(requests / together) - warmUp, seed);
    const after = await atRest();
    const growth = { heapBytes: after.heapBytes - before.heapBytes, handles: after.handles - before.handles };
    return { requests: sent, statuses, growth, ...(await lookInto(postgres.url)) };
  } finally {
    const ended = once(server, "exit");
    server.kill("SIGTERM");
    await ended;
    await postgres.stop();
  }

  /** Measures the server until its number of handles stops falling, because long-polls and aborted streams take time to end. */
  async function atRest() {
    let last = await measure();
    for (let same = 0; same < 5;) {
      await sleep(200);
      const now = await measure();
      same = now.handles < last.handles ? 0 : same + 1;
      last = now;
    }
    return last;
  }

  async function measure() {
    server.send("measure");
    return holdings.parse((await once(server, "message"))[0]);
  }
}

/** Creates a job, a batch, a memory and a webhook, and resolves with their ids. */
async function fill(url: string) {
  const callers = [
    { "x-api-key": "key-of-acme-for-fuzzing", "x-org-id": "acme" },
    { authorization: "Bearer key-of-acme-for-fuzzing" },
  ] as const;
  const ids: string[] = [];
  const messages = [{ role: "user", content: "I live in Paris." }];
  for (const [path, headers, body] of [
    ["/v1/memories?wait=true", callers[0], { messages, user_id: "ann", conv_id: "c1" }],
    ["/v1/batch?wait=true", callers[1], { memories: [{ content: "x" }, { content: " " }] }],
    ["/v1/memories", callers[1], { content: "x" }],
  ] as const) {
    const response = await fetch(url + path, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    ids.push(z.object({ id: z.string() }).parse(await response.json()).id);
  }
  return { callers, ids };
}

async function lookInto(databaseUrl: string): Promise<Pick<FuzzReport, "connections" | "brokenJobs">> {
  const database = new Postgres({ connectionString: databaseUrl });
  await database.connect();
  const { rows } = await database.query<Pick<FuzzReport, "connections" | "brokenJobs">>(
    `select (select count(*) from pg_stat_activity where application_name like 'memlane%')::integer as connections,
       (select count(*) from memlane.job
        where state <> 'succeeded' and failure ->> 'code' is distinct from 'cancelled')::integer as "brokenJobs"`,
  );
  await database.end();
  return rows[0]!;
}
