import type * as z from "zod/mini";
import { longPollQuery } from "../long-poll.ts";
import { route, type Answer, type Input, type Route } from "../route.ts";

/** A route that reads a job. */
export interface JobRoute {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  /** The dialect's word for a job. @default "job" */
  readonly noun?: string;
  readonly schema: z.ZodMiniType;
  readonly handle: (input: Input<z.output<typeof longPollQuery>, unknown>) => Promise<Answer>;
}

/** Makes the route that reads a job: at once, with a long-poll, or with a job token. */
export function readJobRoute({ path, operationId, summary, noun = "job", schema, handle }: JobRoute): Route {
  return route({
    method: "GET",
    path,
    operationId,
    summary,
    scope: "memories:read",
    actsFor: "job",
    takesJobToken: true,
    answersJob: true,
    query: longPollQuery,
    answers: {
      200: { description: `The ${noun}.`, schema },
      304: { description: `The ${noun} has not changed since the ETag in \`If-None-Match\`.` },
    },
    errors: ["job_not_found"],
    handle,
  });
}
