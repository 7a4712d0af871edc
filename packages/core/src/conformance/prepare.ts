import { createCall, type Call } from "./call.ts";
import { batchJob, factPage, storedMemory, writtenFact, writtenMemory } from "./batch/documents.ts";
import { CheckFailure, CheckSkipped } from "./check-failure.ts";
import type { Site } from "./check.ts";
import { expectAnswer, expectStatus } from "./expect.ts";
import { ingestJob, succeededJob } from "./ingest/documents.ts";

/** A conversation in which the user of the check says these things. */
export function conversationOf({ user, conversation }: Site, ...contents: readonly string[]) {
  return {
    messages: contents.map((content, index) => ({ role: "user", content, dia_id: `d${index}` })),
    user_id: user,
    conv_id: conversation,
  };
}

/** Sends a conversation of the ingest dialect, with more fields of the request, and returns the job that succeeded. */
export async function remember(site: Site, contents: readonly string[], more: object = {}) {
  const body = { ...conversationOf(site, ...contents), ...more };
  const answer = await site.ingest("POST /v1/memories?wait=true", body);
  expectStatus(answer, 200, 202);
  const { id } = expectAnswer(answer, answer.status, ingestJob);
  return site.until("the job ends", async () => {
    const read = await site.ingest(`GET /v1/memories/jobs/${id}`);
    const { status } = expectAnswer(read, 200, ingestJob);
    if (status === "failed") throw new CheckFailure(`expected a job that succeeds, got ${read.text}`);
    return status === "succeeded" ? expectAnswer(read, 200, succeededJob) : undefined;
  });
}

/** Writes a memory in the batch dialect, and returns it when its facts are there. */
export async function write(site: Site, content: string, more: object = {}) {
  const answer = await site.batch("POST /v1/memories", { content, user_id: site.user, ...more });
  return awaitMining(site, expectAnswer(answer, 201, writtenMemory).id);
}

/** Waits until the facts of a memory are mined, and returns it. */
export function awaitMining(site: Site, id: string) {
  return site.until("the status of the memory is ready", async () => {
    const memory = expectAnswer(await site.batch(`GET /v1/memories/${id}`), 200, storedMemory);
    return memory.status === "ready" ? memory : undefined;
  });
}

/** The facts of the user of the check that a query finds. */
export async function listFacts({ batch, user }: Site, query = "") {
  const { facts } = expectAnswer(await batch(`GET /v1/facts?user_id=${user}${query}`), 200, factPage);
  return facts;
}

/** Adds a fact of the user of the check, and returns it. */
export async function addFact(
  site: Site,
  subject: string,
  predicate: string,
  object: string,
  more: object = {},
) {
  const body = { subject, predicate, object, user_id: site.user, ...more };
  const answer = await site.batch("POST /v1/facts", body);

  return expectAnswer(answer, 201, writtenFact);
}

/** Sends a batch. Waits while other batches of the organisation leave no room. */
export function sendBatch(site: Site, memories: readonly object[]) {
  return site.until("there is room for a batch", async () => {
    const answer = await site.batch("POST /v1/batch", { memories });
    return answer.status === 429 ? undefined : expectAnswer(answer, 202, batchJob);
  });
}

/** Sends a batch, and returns it when it has ended. */
export async function importBatch(site: Site, memories: readonly object[]) {
  const { id } = await sendBatch(site, memories);
  return site.until("the batch ends", async () => {
    const batch = expectAnswer(await site.batch(`GET /v1/batch/${id}`), 200, batchJob);
    return ["completed", "failed"].includes(batch.status) ? batch : undefined;
  });
}

/** The UUID in an id such as `mem_<32 hex>`. */
export function uuidOf(id: string): string {
  return id.replace(/^\w+_(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** A value of the target without which the check is skipped. */
export function need<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new CheckSkipped(`needs ${name}`);
  return value;
}

/** A call of the batch dialect with another key. */
export function callWithKey(
  { runtime, target }: Site,
  key: string,
  options?: { readonly repeats: boolean },
): Call {
  return createCall(runtime, target.baseUrl, { authorization: `Bearer ${key}` }, options);
}
