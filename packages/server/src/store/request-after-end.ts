// When a job ends, its request is reduced to the part that a retry would process.
import { endAttempt } from "./attempt-log.ts";
import { guard } from "./job-state-guard.ts";
import { columns, ended } from "./job-row.ts";

/** SQL for the items of a batch that failed or were not reached; null if every item was stored. */
const itemsLeft = (request: string, job: string) => `case
    when ${job}.imported < ${job}.received and json_typeof(${request}) = 'array' then (
      select json_agg(item order by position)
      from json_array_elements(${request}) with ordinality as items (item, position)
      where position > ${job}.imported + ${job}.failed
        or position - 1 in (select (error ->> 'index')::integer from jsonb_array_elements(${job}.item_errors) as error)
    )
  end`;

/** Trims the request in the statement that ends a batch. */
export const keepItemsLeft = `request = ${itemsLeft("request", "job")}`;

/** Does the same if the request is in another job's row. Reads from `ended`. */
export const keepItemsLeftInOriginal = `update memlane.job as original
  set request = ${itemsLeft("original.request", "ended")}
  from ended
  where original.id = ended.request_of and ended.kind = 'batch'`;

/**
 * SQL that ends jobs as failed. The failure is `$3`. `stages` is SQL for the stages of the last attempt.
 */
export const failJobs = (
  where: string,
  outcome: "failed" | "cancelled",
  stages?: string,
): string => `update memlane.job
     set
       state = 'failed',
       failure = $3::json,
       ${endAttempt(outcome, { error: "$3::json::jsonb - 'type'", ...(stages && { stages }) })},
       ${ended},
       request = case kind when 'batch' then ${itemsLeft("request", "job")} else request end
     where ${where} and ${guard("fail")}
     returning org_id, request_of, ${columns}`;
