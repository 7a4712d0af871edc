import { isTerminal } from "@memlane/core";
import { jobNotFound } from "../../jobs/job-not-found.ts";
import { digestOf } from "../digest.ts";
import { idOfPath } from "../ids.ts";
import { jobReadings } from "../../jobs/job-readings.ts";
import { linkSignals } from "../linked-signal.ts";
import { anyJobSchema } from "./job-wire.ts";
import { route, type Route, type ServerSentEvent } from "../route.ts";
import type { ServiceContext } from "../service-context.ts";
import type { StoredJob } from "../../store/job-row.ts";

/** Route that streams the changes of a job of any dialect as server-sent events. */
export function createJobEventRoutes({ jobs, signals, closing, jobWire }: ServiceContext): Route[] {
  const eventOf = (job: StoredJob): ServerSentEvent => {
    const data = JSON.stringify(jobWire.print(job));
    return { event: "job", id: digestOf(data), data };
  };
  return [
    route({
      method: "GET",
      path: "/v1/jobs/:id/events",
      operationId: "watchJob",
      summary:
        "The current state of the job and each later change, as server-sent events `job`, until it ends.",
      scope: "memories:read",
      actsFor: "job",
      takesJobToken: true,
      staysOpen: true,
      answers: {
        200: {
          description: "Each event contains the job in the format of its own dialect.",
          schema: anyJobSchema(jobWire.dialects),
          mediaType: "text/event-stream",
        },
        204: { description: "The `Last-Event-ID` is that of the job's end: there are no more events." },
      },
      errors: ["job_not_found"],
      async handle({ orgId, params, headers, signal }) {
        const id = idOfPath(jobWire.ids, params);
        const read = async (ended?: StoredJob) => ended ?? jobs.readAny(orgId, id);
        const job = await read();
        if (job === undefined) throw jobNotFound();
        const lastSeen = headers.get("last-event-id");
        if (isTerminal(job.state) && eventOf(job).id === lastSeen) return { status: 204 };
        return { status: 200, events: changes() };

        /**
         * Yields an event for each reading that differs from the previous one. Compares the first
         * reading with the last event that the caller has.
         */
        async function* changes(): AsyncGenerator<ServerSentEvent> {
          let seen = lastSeen;
          const until = linkSignals([signal, closing]);
          try {
            for await (const current of jobReadings(signals, { id, read, signal: until.signal })) {
              if (current === undefined) return;
              const event = eventOf(current);
              if (event.id !== seen) yield event;
              seen = event.id;
            }
          } finally {
            until.release();
          }
        }
      },
    }),
  ];
}
