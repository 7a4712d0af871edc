// Compares what clients were promised with what the database has at the end.
import { learnedOf } from "@memlane/core/internal";
import { Client as Postgres } from "pg";
import { setTimeout as sleep } from "node:timers/promises";
import type { Books, Entry, Fault } from "./books.ts";
import { ask, type Client } from "./client.ts";
import { isBlank, pathOfJob } from "./story.ts";

/** The data for one audit. */
export interface Account {
  readonly client: Client;
  readonly books: Books;
  /** How many memories each client's conversation makes. */
  readonly memoriesOfConversation: number;
  /** The jobs whose end the webhook received, if the organisation has one. */
  readonly delivered?: ReadonlySet<string>;
}

/** The memories of a user. */
interface Holding {
  readonly memories: number;
  readonly different: number;
}

const lanes = 16;
const patienceMs = 20_000;

/** Finds every fault in one database, after its jobs have had time to end. */
export async function audit(databaseUrl: string, accounts: readonly Account[]): Promise<Fault[]> {
  const database = new Postgres({ connectionString: databaseUrl });
  await database.connect();
  try {
    const faults = accounts.flatMap(({ books }) => books.faults);
    const { rows: jobs } = await database.query<{ id: string }>(
      "select id from memlane.job where state in ('queued', 'active')",
    );
    for (const { id } of jobs) faults.push({ kind: "unfinished", what: `the job ${id}` });
    for (const account of accounts) {
      const { rows } = await database.query<Holding & { userId: string }>(
        `select user_id as "userId", count(*)::integer as memories, count(distinct text)::integer as different
         from memlane.memory
         where org_id = $1 and (subject is null or conversation_id is not null) -- without mined facts
         group by user_id`,
        [account.client.orgId],
      );
      const holdings = new Map(rows.map(({ userId, ...holding }) => [userId, holding]));
      const entries = [...account.books.entries];
      const lane = async () => {
        for (let entry = entries.pop(); entry !== undefined; entry = entries.pop()) {
          faults.push(
            ...(await auditEntry(
              account,
              entry,
              holdings.get(entry.userId) ?? { memories: 0, different: 0 },
            )),
          );
        }
      };
      await Promise.all(Array.from({ length: lanes }, lane));
    }
    return faults;
  } finally {
    await database.end();
  }
}

async function auditEntry(
  { client, memoriesOfConversation, delivered }: Account,
  entry: Entry,
  { memories, different }: Holding,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  const found = (kind: Fault["kind"], what: string) =>
    faults.push({ kind, what: `${entry.userId}: ${what}` });
  let least = 0;
  let { isUncertain } = entry;
  for (const id of entry.jobIds) {
    const { status, body } = await read(client, `GET ${pathOfJob(entry, id)}`);
    if (status === 404) {
      found("lost", `${id} was acknowledged, and is not there`);
      isUncertain = true;
      continue;
    }
    const seen = entry.ends.get(id);
    if (seen !== undefined && seen !== body.status) found("lost", `${id} was ${seen}, and is ${body.status}`);
    if (body.status === "failed" && !entry.isCancelled)
      found("failed-by-chaos", `${id} failed: ${body.error?.message}`);
    if (entry.kind === "batch") {
      least += body.imported!;
      if (new Set(body.errors!.map(({ index }) => index)).size !== body.failed)
        found("doubled", `${id} counts ${body.failed} failed items, and names others`);
      if (body.status === "completed" && body.imported! + body.failed! !== body.received)
        found("lost", `${id} is completed, and not all of its items are done`);
      continue;
    }
    if (body.status === "succeeded") {
      least += memoriesOfConversation;
      if (learnedOf(body.result?.memories_created).length !== memoriesOfConversation)
        found("doubled", `${id} was done a second time, and says what that made`);
    }
    if (delivered?.has(id) === false) found("lost", `the end of ${id} was not delivered`);
  }
  const most = isUncertain ? memoriesOf(entry, memoriesOfConversation) : least;
  if (memories < least) found("lost", `${least} memories were made, and ${memories} are there`);
  if (memories > most || memories !== different)
    found("doubled", `${most} memories should be there, and there are ${memories}, ${different} different`);
  return faults;
}

/** How many memories an entry makes in all. */
function memoriesOf({ kind, items }: Entry, memoriesOfConversation: number): number {
  if (kind === "conversation") return memoriesOfConversation;
  return Array.from({ length: items }, (_, index) => index).filter((index) => !isBlank(index)).length;
}

/** Reads a job after the kills have ended. */
async function read(client: Client, route: string) {
  const untilMs = performance.now() + patienceMs;
  for (;;) {
    const answer = await ask(client, route, [200, 404]);
    if (answer !== undefined) return answer;
    if (performance.now() > untilMs)
      throw new Error(`${route} is not answered, although nothing is killed any more`);
    await sleep(100);
  }
}
