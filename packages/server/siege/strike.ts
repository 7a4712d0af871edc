// One action of an attacker, and functions to send requests.
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { parseJson } from "@memlane/core/internal";
import * as z from "zod";
import type { Tenant } from "./tenant.ts";

export interface Attacker {
  readonly tenant: Tenant;
  /** Aborts at the end of the assault. */
  readonly signal: AbortSignal;
  /** Counts an answer by its status, 0 for no answer. */
  readonly count: (status: number) => void;
  /** The ids of the attacker's jobs in this assault. */
  readonly jobIds: string[];
}

/** One action of an attacker. It never rejects because of the server's answer. */
export type Strike = (attacker: Attacker) => Promise<void>;

const timeoutMs = 30_000;
const watchMs = 5000; // how long a job is watched before the next strike
const created = z.object({ id: z.string() });
const watched = z.object({ status: z.string() });

/** Sends a complete request. Resolves with the parsed body of a successful answer. */
export async function request(
  { tenant, signal, count }: Attacker,
  method: string,
  path: string,
  options: {
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
    readonly givenUpMs?: number;
  } = {},
): Promise<unknown> {
  const { body, headers = tenant.headers, givenUpMs = timeoutMs } = options;
  try {
    const response = await fetch(tenant.url + path, {
      method,
      headers,
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(givenUpMs)]),
    });
    const text = await response.text();
    count(response.status);
    return response.ok ? parseJson(text) : undefined;
  } catch {
    if (!signal.aborted) count(0);
    return undefined;
  }
}

/** Sends a request that creates a job, which is cancelled after the assault. Resolves with its id, if it was accepted. */
export async function createJob(
  attacker: Attacker,
  path: string,
  options: Parameters<typeof request>[3],
): Promise<string | undefined> {
  const answer = created.safeParse(await request(attacker, "POST", path, options));
  if (!answer.success) return undefined;
  attacker.jobIds.push(answer.data.id);
  return answer.data.id;
}

/** Sends a conversation and watches its job for some time. Resolves with the job's id, if it was accepted. */
export async function makeJob(attacker: Attacker, body: unknown): Promise<string | undefined> {
  const id = await createJob(attacker, "/v1/memories", { body });
  if (id === undefined) return undefined;
  const untilMs = performance.now() + watchMs;
  while (performance.now() < untilMs && !attacker.signal.aborted) {
    const job = watched.safeParse(await request(attacker, "GET", `/v1/jobs/${id}`));
    if (!job.success || !["pending", "running", "processing"].includes(job.data.status)) break;
    await sleep(200);
  }
  return id;
}

/** How bytes are sent over a new connection. */
export interface RawRequest {
  readonly head: readonly string[];
  /** Sent after the head, `times` times. */
  readonly chunk: string | Uint8Array;
  readonly times: number;
  readonly pauseMs: number;
  /** How long the connection then stays open. */
  readonly openMs: number;
}

/** Sends bytes that may be an incomplete request, and counts the status of any answer. */
export async function sendRaw({ tenant, signal, count }: Attacker, raw: RawRequest): Promise<void> {
  const { hostname, port } = new URL(tenant.url);
  const socket = connect({ host: hostname, port: Number(port) });
  const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  const leave = () => socket.destroy();
  signal.addEventListener("abort", leave);
  let heard = "";
  socket.on("error", () => {}); // "close" follows and is handled
  socket.on("data", (chunk: Buffer) => (heard = (heard + chunk.toString("latin1")).slice(0, 100)));
  const write = async (bytes: string | Uint8Array) => {
    if (!socket.write(bytes))
      await Promise.race([closed, new Promise((resolve) => socket.once("drain", resolve))]);
  };
  await write(`${raw.head.join("\r\n")}\r\n`);
  for (let sent = 0; sent < raw.times && !socket.destroyed && heard === ""; sent += 1) {
    await write(raw.chunk);
    if (raw.pauseMs > 0) await sleep(raw.pauseMs);
  }
  await Promise.race([closed, sleep(raw.openMs, undefined, { ref: false })]);
  signal.removeEventListener("abort", leave);
  socket.destroy();
  count(Number(/^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1] ?? 0));
}
