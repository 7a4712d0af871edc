// A real server with jobs in every state, for the tests and for whoever looks at the console.
import { randomBytes } from "node:crypto";
import { createMemoryClient } from "@memlane/sdk-node/fetch";
import { jobIds, type Client, type JobId } from "@memlane/core";
import { createUuidV7 } from "@memlane/core/internal";
import { startTestPostgres, startTestServer } from "@memlane/server/testing";
import { Client as Database } from "pg";

/** A server with its database and a client. */
export interface World {
  readonly url: string;
  readonly apiKey: string;
  readonly client: Client;
  readonly database: Database;
  /** Stops the worker as if it hung, so that jobs stay as they are, or lets it go on. */
  readonly pauseWorker: (isPaused: boolean) => void;
  readonly stop: () => Promise<void>;
}

/** Starts a server. */
export async function startWorld(port = 0): Promise<World> {
  const postgres = await startTestPostgres();
  const apiKey = `mlk_${randomBytes(12).toString("hex")}`;
  const environment = { DATABASE_URL: postgres.url };
  const server = await startTestServer({ command: "api", environment, orgId: "org_acme", apiKey, port });
  const worker = await startTestServer({ command: "worker", environment });
  const pauseWorker = (isPaused: boolean) => void process.kill(worker.pid, isPaused ? "SIGSTOP" : "SIGCONT");
  const database = new Database({ connectionString: postgres.url });
  await database.connect();
  return {
    url: server.url,
    apiKey,
    client: createMemoryClient({ apiKey, baseUrl: server.url }),
    database,
    pauseWorker,
    async stop() {
      await database.end();
      pauseWorker(false);
      await worker.stop();
      await server.stop();
      await postgres.stop();
    },
  };
}

const idAt = (at: Date) => createUuidV7({ now: () => at.getTime(), randomBytes })() as JobId;

/** A conversation in which a fact replaces an older one. */
export async function haveConversation({ client }: World): Promise<string> {
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

/** A batch of which some items are refused. */
export async function importBatch({ client }: World, size = 24): Promise<string> {
  const memories = Array.from({ length: size }, (_, index) => ({
    content: index % 6 === 4 ? " " : `Customer ${index} is on the trial plan.`,
    ...(index % 8 === 7 && { user_id: "" }),
    metadata: { id: `crm-${index}` },
  }));
  const { id } = await client.batch.createAndWait(memories);
  return id;
}

/** Inserts a job that failed after three attempts. */
export async function insertFailure(
  { database }: World,
  { code = "extractor_unavailable", minutesAgo = 0, orgId = "org_acme" } = {},
): Promise<string> {
  const at = new Date(Date.now() - minutesAgo * 60_000);
  const id = idAt(at);
  const message = "the model's endpoint answered 503";
  const error = { code, message };
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
  await database.query(
    `insert into memlane.job (id, org_id, kind, state, failure, request, expires_at, created_at, updated_at, waited_ms,
       attempt_log, user_id, dialect)
     values ($1, $2, 'ingest', 'failed', $3, $4, now() + interval '1 day', $5, $6, 2000, $7, 'ada', 'ingest')`,
    [
      id,
      orgId,
      JSON.stringify({ type: "server_error", ...error }),
      JSON.stringify({
        messages: [{ role: "user", content: "I live in Oslo." }],
        user_id: "ada",
        conv_id: "c",
      }),
      at,
      moment(32),
      JSON.stringify(attempts),
    ],
  );
  return jobIds.print(id);
}

/** Inserts jobs that wait, spread over the last 20 hours. Pause the worker first. */
export async function insertWaiting({ database }: World, count: number): Promise<void> {
  await database.query(
    `insert into memlane.job (id, org_id, kind, request, created_at, user_id, dialect)
     select (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(number % 4096), 3, '0')
         || '8' || substr(md5(number::text), 1, 15))::uuid,
       'org_acme', 'ingest', '{"messages":[]}', at, 'user ' || number % 100, 'ingest'
     from generate_series(1, $1::integer) as number,
       lateral (select now() - number * (interval '20 hours' / $1::integer) as at) as spread`,
    [count],
  );
}
