import { isTerminal, jobIds, MemlaneError, type Job } from "@memlane/core";
import { anyJobWire } from "@memlane/core/internal";
import { digestOf } from "../digest.ts";
import { idOfPath } from "../ids.ts";
import { jobReadings } from "../../jobs/job-readings.ts";
import { linkSignals } from "../linked-signal.ts";
import { printAnyJob } from "../print-any-job.ts";
import { route, type Route, type ServerSentEvent } from "../route.ts";
import type { ServiceContext } from "../service-context.ts";

/** Watching a job of either kind as server-sent events. */
export function createJobEventRoutes({ jobs, signals, closing }: ServiceContext): Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/jobs/:id/events",
      operationId: "watchJob",
      summary: "The job as it is and each of its changes, as server-sent events `job`, until it ends.",
      scope: "memories:read",
      takesJobToken: true,
      staysOpen: true,
      answers: {
        200: {
          description: "Each event holds the job in the words of its own dialect.",
          schema: anyJobWire,
          mediaType: "text/event-stream",
        },
        204: { description: "The `Last-Event-ID` is that of the end: there is nothing more to watch." },
      },
      errors: ["job_not_found"],
      async handle({ orgId, params, headers, signal }) {
        const id = idOfPath(jobIds, params);
        const read = async (ended?: Job) => ended ?? jobs.readAny(orgId, id);
        const job = await read();
        if (job === undefined)
          throw new MemlaneError({ code: "job_not_found", message: "there is no such job" });
        const lastSeen = headers.get("last-event-id");
        if (isTerminal(job.state) && eventOf(job).id === lastSeen) return { status: 204 };
        const readUntil = (until: AbortSignal) => jobReadings(signals, id, read, until);
        return { status: 200, events: changes(readUntil, [signal, closing], lastSeen) };
      },
    }),
  ];
}

/** An event for each reading that differs from the one before, or from what the caller has seen. */
async function* changes(
  readUntil: (until: AbortSignal) => AsyncIterable<Job | undefined>,
  ends: readonly AbortSignal[],
  lastSeen: string | null,
): AsyncGenerator<ServerSentEvent> {
  let seen = lastSeen;
  const until = linkSignals(ends);
  try {
    for await (const job of readUntil(until.signal)) {
      if (job === undefined) return;
      const event = eventOf(job);
      if (event.id !== seen) yield event;
      seen = event.id;
    }
  } finally {
    until.release();
  }
}

function eventOf(job: Job): ServerSentEvent {
  const data = JSON.stringify(printAnyJob(job));
  return { event: "job", id: digestOf(data), data };
}
