/** What the server does not do yet. A test fails for an entry that is green, so that the list only shrinks. */
export const redRequirements: readonly string[] = [
  "batch.audit.fact-write",
  "batch.audit.newest",
  "batch.audit.period",
  "batch.audit.unknown-action",
  "batch.audit.unrecorded",
  "batch.imports.bad-timestamp",
  "ingest.revisions.deleted",
  "ingest.trigger.refs",
];
