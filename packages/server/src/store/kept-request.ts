// Trims a job's request when the job ends: only what a retry can still do stays.
import { guard } from "./job-guard.ts";
import { columns, ended } from "./job-row.ts";
import { withDelivery } from "./webhook-deliveries.ts";

/** SQL for the items of a batch that failed or were not reached; null if every item landed. */
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

/** The same for a batch whose request is in another job's row: a statement that reads from `ended`. */
export const keepItemsLeftInHolder = `update memlane.job as holder
  set request = ${itemsLeft("holder.request", "ended")}
  from ended
  where holder.id = ended.request_of and ended.kind = 'batch'`;

/**
 * A statement that ends one job as failed. `$1` and `$2` are for the condition, `$3` is the failure, and the parameters of the
 * webhook delivery follow.
 */
export const failingJob = (where: string): string =>
  withDelivery(
    `update memlane.job
     set
       state = 'failed',
       failure = $3,
       ${ended},
       request = case kind when 'batch' then ${itemsLeft("request", "job")} else request end
     where ${where} and ${guard("fail")}
     returning org_id, request_of, ${columns}`,
    4,
    keepItemsLeftInHolder,
  );
