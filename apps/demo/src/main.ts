// npm start: starts a server on the embedded database, sends a conversation and a batch, and shows the memories.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";
import { buildConsole } from "@memlane/console/build.ts";
import { MemoryClient } from "@memlane/sdk-node";
import { createLogger, readEnvironment, scopes, startServer, untilStopped } from "@memlane/server";
import memories from "../data/batch.json" with { type: "json" };
import conversation from "../data/conversation.json" with { type: "json" };

const dataDirectory = fileURLToPath(new URL("../../../.memlane", import.meta.url));
const orgId = "org_demo";

const bold = (text: string) => styleText("bold", text);
const dim = (text: string) => styleText("dim", text);
const green = (text: string) => styleText("green", text);

/** Prints each status of a job on one line, and resolves with the ended job. */
async function watch<Job extends { readonly id: string; readonly status: string }>(
  job: Job,
  read: () => Promise<Job>,
  describe: (job: Job) => string,
): Promise<Job> {
  const startedMs = performance.now();
  process.stdout.write(`   ${job.id}  ${describe(job)}`);
  let current = job;
  while (["pending", "running", "processing"].includes(current.status)) {
    await sleep(2); // much shorter than usual, to show every status
    const next = await read();
    if (describe(next) !== describe(current)) process.stdout.write(` → ${describe(next)}`);
    current = next;
  }
  console.log(dim(`  (${Math.round(performance.now() - startedMs)} ms)`));
  return current;
}

/** The demo's key. It is stored with the data, so that a copied command also works after a restart. */
async function demoKey(): Promise<string> {
  const file = `${dataDirectory}/demo-key`;
  try {
    return (await readFile(file, "utf8")).trim();
  } catch {
    const key = `mlk_${randomBytes(24).toString("base64url")}`;
    await mkdir(dataDirectory, { recursive: true });
    await writeFile(file, `${key}\n`, { mode: 0o600 });
    return key;
  }
}

/** Sends the conversation and the batch, and shows what each job stored. */
async function send(client: MemoryClient): Promise<void> {
  console.log(
    bold(
      `\n1. A conversation of ${conversation.messages.length} messages (apps/demo/data/conversation.json)`,
    ),
  );
  const conversationJob = await client.memories.ingest(conversation);
  const ingested = await watch(
    conversationJob,
    () => client.memories.jobs.get(conversationJob.id),
    ({ status }) => status,
  );
  const created = (ingested.result?.memories_created ?? []).filter(({ type }) => type !== "episode");
  const supersededBy = ingested.result?.memories_superseded_by ?? {};
  if (ingested.error !== null) console.log(`   It failed: ${ingested.error.message}`);
  for (const { id, text } of created) {
    const successor = created.find((memory) => memory.id === supersededBy[id]);
    console.log(`   ${green("+")} ${text}${successor ? dim(`  replaced by: ${successor.text}`) : ""}`);
  }

  console.log(bold(`\n2. A batch of ${memories.length} memories (apps/demo/data/batch.json)`));
  const batchJob = await client.batch.create(memories);
  const batch = await watch(
    batchJob,
    () => client.batch.get(batchJob.id),
    ({ status, imported, received }) => `${status} ${imported}/${received}`,
  );
  for (const { index, error } of batch.errors) console.log(`   item ${index} was not stored: ${error}`);
}

const userId = conversation.user_id;

async function runDemo(client: MemoryClient): Promise<void> {
  const isFirstStart = (await client.memories.listPage({ user_id: userId, limit: 1 })).data.length === 0;
  if (isFirstStart) await send(client);

  const when = isFirstStart ? "3. What is remembered" : "What is remembered since the first start";
  console.log(bold(`\n${when}`));
  const { data } = await client.memories.listPage({ user_id: userId, type: "fact" });
  for (const { text } of data.filter((memory) => memory.details?.status === "active"))
    console.log(`   ${text}`);
  const query = "Which customer is on a trial?";
  const found = await client.memories.search({ query, user_id: "account:globex", limit: 1 });
  console.log(`   ${dim(query)} ${found.data[0]?.text ?? "Nothing found."}`);
}

/** Builds the console while the database starts. If the build fails, the rest of the demo still works. */
const consoleBuilt = buildConsole().then(
  () => true,
  (error: unknown) => {
    console.error(dim(`The console could not be built: ${String(error)}`));
    return false;
  },
);

async function printNextSteps(url: string, apiKey: string): Promise<void> {
  const key = `-H 'x-api-key: ${apiKey}'`;
  if (await consoleBuilt) console.log(`\n${bold("See it")}: ${url}/console#key=${apiKey}`);
  console.log(`
${bold("Your turn")}: in another terminal, send a conversation, watch its job, and search.

JOB=$(curl -s ${url}/v1/memories ${key} -d '{"user_id": "me", "conv_id": "first", "messages": [{"role": "user", "content": "I live in Oslo, and I love skiing."}]}' | grep -o 'job_[0-9a-f]*' | head -1)
curl -sN ${url}/v1/jobs/$JOB/events ${key}
curl -s ${url}/v1/memories/search ${key} -d '{"user_id": "me", "query": "Where do I live?"}'

${dim(`Every route: ${url}/`)}
${dim("Ctrl-C stops the server and its database.")}`);
}

// A closed pipe, as in `npm start | head`, stops the demo too.
const stopped = Promise.race([untilStopped(), once(process.stdout, "error")]);
process.stdout.on("error", () => {}); // later writes fail too

async function run(): Promise<void> {
  const startedMs = performance.now();
  console.log("Starting the server and its database …");
  const apiKey = await demoKey();
  const server = await startServer(
    { ...readEnvironment(), dataDirectory, bootstrapKeys: [{ orgId, key: apiKey, scopes: [...scopes] }] },
    createLogger("warn"),
  );
  try {
    const took = dim(`(${Math.round(performance.now() - startedMs)} ms)`);
    console.log(`${bold("Memlane")} is at ${server.url}, with its own PostgreSQL in .memlane ${took}`);
    const client = new MemoryClient({ apiKey, orgId, baseUrl: server.url });
    await Promise.race([runDemo(client).then(() => printNextSteps(server.url, apiKey)), stopped]);
    await stopped;
  } finally {
    await server.close();
    console.log(dim("\nStopped."));
  }
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
