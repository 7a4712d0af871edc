// The well-behaved organisation: sends conversations, watches its jobs, searches, and measures the
// times.
import { parseJson } from "@memlane/core/internal";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import type { Tenant } from "./tenant.ts";

/** One request of the neighbour. */
export interface Sample {
  readonly startedMs: number;
  /** How long it took. A refused or unanswered request counts as the whole time-out. */
  readonly tookMs: number;
}

/** A running neighbour. */
export interface Neighbour {
  /** The requests since `sinceMs` (of `performance.now`), with and without an answer. */
  readonly samplesSince: (sinceMs: number) => readonly Sample[];
  /**
   * The longest duration of a job that was unfinished after `sinceMs`. An unfinished job counts
   * until now.
   */
  readonly slowestJobMsSince: (sinceMs: number) => number;
  readonly acknowledged: () => number;
  /** Stops sending, then checks everything that was acknowledged. Resolves with the violations. */
  readonly settle: () => Promise<readonly string[]>;
}

/** A conversation that was sent. */
interface SentConversation {
  readonly userId: string;
  readonly city: string;
  jobId?: string;
  acknowledgedMs: number;
  /** When the neighbour first read that the job had ended. */
  endedMs: number;
}

const tickMs = 50; // a request starts at each tick, even if the last one has no answer yet
const timeoutMs = 10_000;
const mostPending = 300; // with this many requests without an answer, it waits
const settleMs = 120_000;
const auditTries = 10;
const lanes = 8;
const cities = ["Paris", "Oslo", "Lisbon", "Vienna", "Dublin", "Prague", "Lima", "Kyoto", "Quito", "Tallinn"];

const jobAnswer = z.object({
  id: z.string(),
  status: z.string(),
  error: z.object({ message: z.string() }).nullish(),
  result: z.object({ memories_created: z.array(z.unknown()) }).nullish(),
});
const searchAnswer = z.object({ data: z.array(z.object({ text: z.string() })) });

/** Starts a neighbour. */
export function startNeighbour(tenant: Tenant): Neighbour {
  const samples: Sample[] = [];
  const pending = new Set<{ readonly startedMs: number }>();
  const sent: SentConversation[] = [];
  const open: SentConversation[] = []; // conversations whose end the neighbour has not read yet
  let isOver = false;
  let tick = 0;

  /** The answer's status and body; undefined without an answer. */
  async function ask(method: string, path: string, body?: unknown, idempotencyKey?: string) {
    const request = { startedMs: performance.now() };
    pending.add(request);
    try {
      const response = await fetch(tenant.url + path, {
        method,
        headers: {
          ...tenant.headers,
          ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      const tookMs = response.ok ? performance.now() - request.startedMs : timeoutMs;
      samples.push({ ...request, tookMs });
      return { status: response.status, body: parseJson(text) };
    } catch {
      samples.push({ ...request, tookMs: timeoutMs });
      return undefined;
    } finally {
      pending.delete(request);
    }
  }

  /** Sends a conversation, repeatedly with the same key until it is acknowledged. */
  async function sendConversation(): Promise<void> {
    const conversation: SentConversation = {
      userId: `user ${sent.length}`,
      city: cities[sent.length % cities.length]!,
      acknowledgedMs: Infinity,
      endedMs: Infinity,
    };
    const { userId, city } = conversation;
    const messages = [
      { role: "user", content: `Good morning! I live in ${city}, and my sister works as a nurse.` },
      { role: "assistant", content: "Nice to meet you. What can I do for you today?" },
    ];
    sent.push(conversation);
    while (!isOver) {
      const body = { user_id: userId, conv_id: "c", messages };
      const answer = await ask("POST", "/v1/memories", body, `conversation of ${userId}`);
      if (answer?.status === 202 || answer?.status === 200) {
        conversation.jobId = jobAnswer.parse(answer.body).id;
        conversation.acknowledgedMs = performance.now();
        open.push(conversation);
        return;
      }
      await sleep(500);
    }
  }

  async function watch(): Promise<void> {
    const conversation = open.shift();
    if (conversation === undefined) return void (await ask("GET", "/v1/memories?limit=20"));
    const answer = await ask("GET", `/v1/memories/jobs/${conversation.jobId}`);
    const status = answer?.status === 200 ? jobAnswer.parse(answer.body).status : undefined;
    if (status === "succeeded" || status === "failed") conversation.endedMs = performance.now();
    else open.push(conversation);
  }

  const searchFor = ({ userId }: SentConversation) => ({
    query: "Where does the user live?",
    user_id: userId,
  });

  const doings = [
    sendConversation,
    watch,
    () => ask("POST", "/v1/memories/search", searchFor(sent[Math.floor(sent.length / 2)]!)),
    watch,
    () => ask("GET", "/v1/memories?limit=20"),
  ];
  const ticking = setInterval(() => {
    if (pending.size < mostPending) void doings[tick++ % doings.length]!();
  }, tickMs);

  /** Waits a limited time for its requests and jobs to end. */
  async function untilEnded(): Promise<void> {
    const untilMs = performance.now() + settleMs;
    while (open.length + pending.size > 0 && performance.now() < untilMs) {
      await Promise.all(open.slice(0, lanes).map(watch));
      await sleep(100);
    }
  }

  /** Checks one conversation. Returns the violation, or undefined. */
  async function audit(conversation: SentConversation): Promise<string | undefined> {
    const { jobId, city } = conversation;
    const answer = await askUntilAnswered("GET", `/v1/memories/jobs/${jobId}`);
    if (answer?.status === 404) return `${jobId} was acknowledged, and does not exist`;
    const job = answer?.status === 200 ? jobAnswer.parse(answer.body) : undefined;
    if (job === undefined) return `${jobId} cannot be read: ${answer?.status ?? "no answer"}`;
    if (job.status === "failed") return `${jobId} failed: ${job.error?.message}`;
    if (job.status !== "succeeded") return `${jobId} has not ended: ${job.status}`;
    const found = await askUntilAnswered("POST", "/v1/memories/search", searchFor(conversation));
    if (found?.status !== 200) return `${jobId} cannot be searched for: ${found?.status ?? "no answer"}`;
    if (!searchAnswer.parse(found.body).data.some(({ text }) => text.includes(city)))
      return `${jobId} succeeded, and its memory is not found`;
    return undefined;
  }

  async function askUntilAnswered(...request: Parameters<typeof ask>): ReturnType<typeof ask> {
    for (let tries = 1; ; tries += 1) {
      const answer = await ask(...request);
      if ((answer !== undefined && answer.status < 500) || tries === auditTries) return answer;
      await sleep(1000);
    }
  }

  return {
    samplesSince(sinceMs) {
      const nowMs = performance.now();
      const unanswered = [...pending].map(({ startedMs }) => ({ startedMs, tookMs: nowMs - startedMs }));
      return [...samples, ...unanswered].filter(({ startedMs }) => startedMs >= sinceMs);
    },
    slowestJobMsSince(sinceMs) {
      const nowMs = performance.now();
      return sent
        .filter(({ acknowledgedMs, endedMs }) => acknowledgedMs < nowMs && endedMs > sinceMs)
        .reduce(
          (slowest, { acknowledgedMs, endedMs }) =>
            Math.max(slowest, Math.min(endedMs, nowMs) - acknowledgedMs),
          0,
        );
    },
    acknowledged: () => sent.filter(({ jobId }) => jobId !== undefined).length,
    async settle() {
      clearInterval(ticking);
      isOver = true;
      await untilEnded();
      const left = sent.filter(({ jobId }) => jobId !== undefined);
      const lost: string[] = [];
      const lane = async () => {
        for (let next = left.pop(); next !== undefined; next = left.pop()) {
          const fault = await audit(next);
          if (fault !== undefined) lost.push(fault);
        }
      };
      await Promise.all(Array.from({ length: lanes }, lane));
      return lost;
    },
  };
}
