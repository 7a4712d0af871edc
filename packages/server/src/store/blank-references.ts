/**
 * SQL: empties the texts of deleted memories in the results of the jobs that made them. Follows a statement `deleted` with the
 * columns `id`, `org_id` and `job_id`.
 */
export const blankReferences = `update memlane.job
  set result = jsonb_set(result::jsonb, '{created}', (
    select coalesce(
      jsonb_agg(
        case when reference ->> 'id' = any(deleted_of_job.ids) then reference || '{"text": ""}' else reference end
        order by position
      ),
      '[]'
    )
    from jsonb_array_elements(result::jsonb -> 'created') with ordinality as created (reference, position)
  ))
  from (
    select org_id, job_id, array_agg(id::text) as ids from deleted group by org_id, job_id
  ) as deleted_of_job
  where job.id = deleted_of_job.job_id and job.org_id = deleted_of_job.org_id and job.result is not null`;
