-- Finds the batches with failed items among many other jobs.
create index job_failed_items on memlane.job (org_id, id) where failed > 0;
