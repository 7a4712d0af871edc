// Jobs for the tests: real ones over HTTP, and rows of the database for what would take too long or too many requests.
import { randomBytes } from "node:crypto";
import { createMemoryClient } from "@memlane/sdk-node/fetch";
import { jobIds, type Client, type JobId } from "@memlane/core";
import { createUuidV7 } from "@memlane/core/internal";
import { Client as Database } from "pg";

/** A client of `org_acme`, and the database. */
export interface Seed {
  readonly client: Client;
  readonly database: Database;
  readonly close: () => Promise<void>;
}

/** Connects to the database and creates the client. */
export async function openSeed(world: {
  readonly url: string;
  readonly apiKey: string;
  readonly databaseUrl: string;
}): Promise<Seed> {
  const database = new Database({ connectionString: world.databaseUrl });
  await database.connect();
  const client = createMemoryClient({ apiKey: world.apiKey, baseUrl: world.url });
  return { client, database, close: () => database.end() };
}

/** A conversation in which a fact replaces an older one. */
export async function haveConversation({ client }: Seed): Promise<string> {
  const say = (...said: readonly (readonly [string, string])[]) =>
    client.memories.ingestAndWait({
      user_id: "sam",
      agent_id: "concierge",
      conv_id: "getting-to-know-sam",
      messages: said.map(([role, content], index) => ({ role, content, dia_id: `D1:${index + 1}` })),
    });
  await say(["user", "I live in Paris."], ["assistant", "Noted."]);
  const { id } = await say(
    ["assistant", "How is Paris these days?"],
    ["user", "I moved to Berlin last month. I play the cello, and I don't drink coffee anymore."],
    ["assistant", "Noted. Shall I look up a concert?"],
    ["user", "Yes please!"],
  );
  return id;
}

/** A batch of 24 items, of which 4 have no content and 3 too much. */
export async function importBatch({ client }: Seed): Promise<string> {
  const memories = Array.from({ length: 24 }, (_, index) => ({
    content: contentOf(index),
    metadata: { id: `crm-${index}` },
  }));
  return (await client.batch.createAndWait(memories)).id;
}

function contentOf(index: number): string {
  if (index % 6 === 4) return " ";
  return index % 8 === 7 ? "far too long ".repeat(2000) : `Customer ${index} is on the trial plan.`;
}

/** Inserts a job that failed after three attempts. */
export async function insertFailure(
  { database }: Seed,
  { code = "extractor_unavailable", minutesAgo = 0 } = {},
): Promise<string> {
  const at = new Date(Date.now() - minutesAgo * 60_000);
  const id = createUuidV7({ now: () => at.getTime(), randomBytes })() as JobId;
  const error = { code, message: "the model's endpoint answered 503" };
  const moment = (seconds: number) => new Date(at.getTime() + seconds * 1000).toISOString();
  const attempts = [2, 9, 30].map((second, index) => ({
    number: index + 1,
    outcome: "failed",
    started_at: moment(second),
    ended_at: moment(second + 4 - index),
    error,
    next_try_at: [moment(9), moment(30), null][index],
    stages: [
      { name: "normalise", at: 3, ms: 12 },
      { name: "extract", at: 15, ms: 3900 - index * 1000 },
    ],
  }));
  const request = { messages: [{ role: "user", content: "I live in Oslo." }], user_id: "ada", conv_id: "c" };
  await database.query(
    `insert into memlane.job (id, org_id, kind, state, failure, request, expires_at, created_at, updated_at, waited_ms,
       attempt_log, user_id, dialect)
     values ($1, 'org_acme', 'ingest', 'failed', $2, $3, now() + interval '1 day', $4, $5, 400, $6, 'ada', 'ingest')`,
    [
      id,
      JSON.stringify({ type: "server_error", ...error }),
      JSON.stringify(request),
      at,
      moment(32),
      JSON.stringify(attempts),
    ],
  );
  return jobIds.print(id);
}

/** Marks the failed items of a batch as retryable, as if the quota had been used up. */
export async function letItemsBeRetryable({ database }: Seed, id: string): Promise<void> {
  await database.query(
    `update memlane.job
     set item_errors = (select jsonb_agg(error || '{"retryable": true}') from jsonb_array_elements(item_errors) as error)
     where id = $1`,
    [jobIds.parse(id)],
  );
}

/** SQL for the UUIDv7 of a time; `number` distinguishes ids of the same millisecond. */
export const uuidV7 = (at: string, number: string): string =>
  `(lpad(to_hex(floor(extract(epoch from ${at}) * 1000)::bigint), 12, '0') || '7'
     || lpad(to_hex((${number}) % 4096), 3, '0') || '8' || substr(md5((${number})::text), 1, 15))::uuid`;

/** Inserts jobs of `org_large` that failed in the last 20 hours. */
export async function insertManyFailures({ database }: Seed, count: number): Promise<void> {
  await database.query(
    `insert into memlane.job (id, org_id, kind, state, failure, request, created_at, updated_at, expires_at, user_id, dialect)
     select ${uuidV7("at", "number")},
       'org_large', 'ingest', 'failed', '{"type":"server_error","code":"extraction_failed","message":"it broke"}',
       '{"messages":[]}', at, at, now() + interval '1 day', 'user ' || number % 100, 'ingest'
     from generate_series(1, $1::integer) as number,
       lateral (select now() - number * (interval '20 hours' / $1::integer) as at) as spread`,
    [count],
  );
}
