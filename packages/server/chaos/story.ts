// What one client does with one request, also if it gets no answer.
import { setTimeout as sleep } from "node:timers/promises";
import * as fc from "fast-check";
import { ask, type Answer, type Client } from "./client.ts";
import type { Books, Entry } from "./books.ts";

/** What a client does. */
export interface Story {
  readonly kind: Entry["kind"];
  readonly items: number;
  readonly hasKey: boolean;
  readonly afterwards: "leave" | "wait" | "send again" | "cancel" | "cancel and retry";
  readonly pauseMs: number;
}

/** Any story. */
export const story: fc.Arbitrary<Story> = fc.noBias(
  fc.record({
    kind: fc.constantFrom("conversation", "batch"),
    // A step of an import is 100 items, so most batches end with their first step and some take
    // several.
    items: fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 1, max: 20 }) },
      fc.integer({ min: 80, max: 440 }),
    ),
    hasKey: fc.boolean(),
    afterwards: fc.constantFrom("leave", "wait", "wait", "send again", "cancel", "cancel and retry"),
    pauseMs: fc.integer({ min: 0, max: 300 }),
  }),
);

const pauseMs = 100; // before the request is sent again
const watchMs = 10_000; // how long a client waits for an end

/** Every tenth item of a batch has no content: an error, and no memory. */
export const isBlank = (index: number) => index % 10 === 9;

// If a job runs a second time, it finds its own memories, so its result shows no created ones.
const messages = ["I live in Paris.", "I moved to Berlin."].map((content) => ({ role: "user", content }));

/** The request of a story. */
export function requestOf({ kind, userId, items }: Pick<Entry, "kind" | "userId" | "items">) {
  if (kind === "conversation")
    return { route: "POST /v1/memories", body: { messages, user_id: userId, conv_id: "c" } };
  const memories = Array.from({ length: items }, (_, index) => ({
    content: isBlank(index) ? " " : `Item ${index} of ${userId}.`,
    user_id: userId,
  }));
  return { route: "POST /v1/batch", body: { memories } };
}

/** The path of a job of this kind. */
export const pathOfJob = ({ kind }: Pick<Entry, "kind">, id: string) =>
  kind === "batch" ? `/v1/batch/${id}` : `/v1/memories/jobs/${id}`;

/** Whether a status word of either dialect means that the job has ended. */
const isEnd = (status: string | undefined): status is string =>
  status === "succeeded" || status === "completed" || status === "failed";

/** Runs a story, and records what the server promised. */
export async function live(
  { kind, items, hasKey, afterwards }: Story,
  userId: string,
  client: Client,
  books: Books,
): Promise<void> {
  const entry: Entry = {
    kind,
    userId,
    items: kind === "batch" ? items : 1,
    key: hasKey ? `key of ${userId}` : undefined,
    jobIds: [],
    isUncertain: false,
    isCancelled: false,
    ends: new Map(),
  };
  books.entries.push(entry);
  const id = await sendRequest(entry, client);
  if (id === undefined) return;
  if (afterwards === "wait") await watch(entry, id, client, books);
  if (afterwards === "send again" && hasKey) {
    const again = await sendRequest(entry, client);
    if (again !== id)
      books.faults.push({ kind: "doubled", what: `${entry.key} made ${id}, and then ${again}` });
  }
  if (afterwards === "cancel" || afterwards === "cancel and retry")
    await cancel(entry, id, client, afterwards === "cancel and retry");
}

/** Sends the request. If it has a key, sends it again until it is answered. */
async function sendRequest(entry: Entry, client: Client): Promise<string | undefined> {
  const { route, body } = requestOf(entry);
  for (;;) {
    const answer = await ask(client, route, [200, 202], { body, key: entry.key });
    if (answer !== undefined) return acknowledge(entry, answer);
    if (entry.key === undefined) {
      entry.isUncertain = true;
      return undefined;
    }
    await sleep(pauseMs);
  }
}

function acknowledge({ jobIds }: Entry, { body }: Answer): string {
  const id = body.id!;
  if (!jobIds.includes(id)) jobIds.push(id);
  return id;
}

/** Waits for the end. Every API must find an acknowledged job at once. */
async function watch(entry: Entry, id: string, client: Client, { faults }: Books): Promise<void> {
  const untilMs = performance.now() + watchMs;
  while (performance.now() < untilMs) {
    const answer = await ask(client, `GET ${pathOfJob(entry, id)}?wait=3`, [200, 404]);
    if (answer?.status === 404)
      return void faults.push({ kind: "lost", what: `${id} was acknowledged, and is not there` });
    const end = answer?.body.status;
    if (isEnd(end)) return void entry.ends.set(id, end);
    if (answer === undefined) await sleep(pauseMs);
  }
}

async function cancel(entry: Entry, id: string, client: Client, retries: boolean): Promise<void> {
  entry.isCancelled = true;
  const cancelled = await ask(client, `POST /v1/jobs/${id}/cancel`, [200, 409]);
  if (cancelled?.status !== 200 || !retries) return;
  entry.ends.set(id, "failed");
  const retried = await ask(client, `POST /v1/jobs/${id}/retry`, [202, 409]);
  if (retried === undefined) entry.isUncertain = true;
  if (retried?.status === 202) acknowledge(entry, retried);
}
