import { jobTokenWire } from "@memlane/core/internal";
import * as z from "zod/mini";
import { jobNotFound } from "../../jobs/job-not-found.ts";
import { idOfPath } from "../ids.ts";
import { longestTokenSeconds, usualTokenSeconds } from "./job-token.ts";
import { route, type Route } from "../route.ts";
import type { ServiceContext } from "../service-context.ts";

/** Route that creates a token for reading one job of any dialect. */
export function createJobTokenRoutes({ jobs, jobWire }: ServiceContext): Route[] {
  return [
    route({
      method: "POST",
      path: "/v1/jobs/:id/token",
      operationId: "createJobToken",
      summary:
        "Create a token that can read this job for some time and nothing else. It is for web pages, which must never have an API key.",
      scope: "memories:read",
      actsFor: "job",
      query: z.object({
        expires_in: z._default(
          z.coerce.number().check(z.int(), z.gte(1), z.lte(longestTokenSeconds)),
          usualTokenSeconds,
        ),
      }),
      answers: { 200: { description: "The token.", schema: jobTokenWire } },
      errors: ["job_not_found"],
      async handle({ orgId, params, query, mintJobToken }) {
        const id = idOfPath(jobWire.ids, params);
        const job = await jobs.readAny(orgId, id);
        if (job === undefined) throw jobNotFound();
        const { token, expiresAt } = await mintJobToken(id, query.expires_in);
        const body = {
          object: "job_token",
          id: jobWire.printId(job),
          token,
          expires_at: expiresAt.toISOString(),
        };
        return { status: 200, body, headers: { "cache-control": "no-store" } };
      },
    }),
  ];
}
