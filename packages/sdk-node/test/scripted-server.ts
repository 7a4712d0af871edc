import { setImmediate } from "node:timers/promises";
import { createClient, type BatchItem, type Client, type TransportRequest } from "@memlane/core";

/** What the server does with a POST. An Error means that the client gets no answer. */
type Verdict = "accept" | { readonly status: number; readonly code: string } | Error;

/** How a scripted server behaves. By default, every request succeeds. */
export interface ServerScript {
  /** Decides what to do with a POST. `number` counts the POSTs from 0. */
  readonly judge?: (request: TransportRequest, number: number) => Verdict;
  /** The error of an item; undefined if it is imported. */
  readonly judgeItem?: (item: BatchItem) => string | undefined;
  /** How often a job is read before it ends. */
  readonly readsToEnd?: number;
  /** Called before a job is read, with the number of jobs accepted so far. */
  readonly onRead?: (accepted: number) => void;
  /** Whether reading a job always answers with 404. */
  readonly forgets?: boolean;
  /** Whether a POST whose reply is an Error is still processed, so that only its answer is lost. */
  readonly landsUnanswered?: boolean;
}

/** A server in memory, and a record of its requests. */
export interface ScriptedServer {
  readonly client: Client;
  readonly runtime: { now: () => number; random: () => number; sleep: (delayMs: number) => Promise<void> };
  /** The paths and bodies of all POSTs, including refused ones. */
  readonly posts: readonly { readonly path: string; readonly body: unknown }[];
  /** The contents of the accepted memories and the ids of the accepted conversations, with duplicates. */
  readonly landed: readonly string[];
  /** The largest number of jobs that were unfinished at the same time, by path. */
  readonly mostUnfinished: Readonly<Record<string, number>>;
}

/** Creates a server in memory and its client. Their clock advances only in `sleep`. */
export function createScriptedServer(script: ServerScript = {}): ScriptedServer {
  const { judge = () => "accept", judgeItem = () => undefined, readsToEnd = 2, onRead = () => {} } = script;
  const { landsUnanswered = false } = script;
  const keys = new Map<string, string>();
  const landed: string[] = [];
  const posts: { path: string; body: unknown }[] = [];
  const jobs = new Map<string, { path: string; reads: number; print: (isOver: boolean) => object }>();
  const mostUnfinished: Record<string, number> = {};
  let nowMs = 0;

  const reply = (status: number, json: object) => ({
    status,
    header: () => null,
    body: JSON.stringify(json),
  });
  const post = (request: TransportRequest) => {
    const body = JSON.parse(request.body ?? "null");
    const number = posts.push({ path: request.path, body }) - 1;
    const verdict = judge(request, number);
    if (verdict instanceof Error && !landsUnanswered) throw verdict;
    if (verdict !== "accept" && !(verdict instanceof Error)) {
      return reply(verdict.status, { code: verdict.code, message: verdict.code });
    }
    const key = request.headers["idempotency-key"]!;
    const id = keys.get(key) ?? `job_${number}`;
    const print = body.memories ? printBatch(id, body.memories) : printIngest(id);
    if (!keys.has(key)) {
      keys.set(key, id);
      jobs.set(id, { path: request.path, reads: 0, print });
      landed.push(...(body.memories?.map(({ content }: BatchItem) => content) ?? [body.conv_id]));
    }
    if (verdict instanceof Error) throw verdict;
    const unfinished = [...jobs.values()].filter(
      ({ path, reads }) => path === request.path && reads < readsToEnd,
    );
    mostUnfinished[request.path] = Math.max(mostUnfinished[request.path] ?? 0, unfinished.length);
    return reply(202, print(false));
  };
  const printBatch = (id: string, items: readonly BatchItem[]) => (isOver: boolean) => {
    const errors = items.flatMap((item, index) => {
      const error = judgeItem(item);
      return error === undefined ? [] : [{ index, error }];
    });
    const counts = isOver
      ? { status: "completed", imported: items.length - errors.length, failed: errors.length, errors }
      : { status: "processing", imported: 0, failed: 0 };
    return { id, received: items.length, ...counts };
  };
  const printIngest = (id: string) => (isOver: boolean) => ({
    id,
    created_at: "2026-01-01T00:00:00Z",
    ...(isOver
      ? { status: "succeeded", result: { memories_created: [{ id: "m", text: "Has a dog." }] } }
      : { status: "running" }),
  });
  const get = (path: string) => {
    onRead(jobs.size);
    const job = jobs.get(path.slice(path.lastIndexOf("/") + 1));
    if (job === undefined || script.forgets)
      return reply(404, { code: "job_not_found", message: "no such job" });
    job.reads += 1;
    return reply(200, job.print(job.reads >= readsToEnd));
  };

  const runtime = {
    now: () => nowMs,
    random: () => 0,
    sleep: (delayMs: number) => {
      nowMs += delayMs;
      return setImmediate(); // lets other tasks run
    },
  };
  const transport = async (request: TransportRequest) =>
    request.method === "POST" ? post(request) : get(request.path);
  return {
    client: createClient({ ...runtime, transport }, { apiKey: "key" }),
    runtime,
    posts,
    landed,
    mostUnfinished,
  };
}
