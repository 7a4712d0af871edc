// For React: a hook that watches a job, and a bar that shows it.
export { useJob } from "./use-job.ts";
export { JobProgress } from "./job-progress.tsx";
export type { JobProgressProps } from "./job-progress.tsx";
export { describeJob } from "./describe-job.ts";
export type { AnyJobSnapshot } from "./describe-job.ts";
