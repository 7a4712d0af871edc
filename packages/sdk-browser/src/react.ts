// For React: `@memlane/sdk-browser/react`.
export { useJob } from "./use-job.ts";
export { JobProgress } from "./job-progress.tsx";
export type { JobProgressProps } from "./job-progress.tsx";
export { describeJob } from "./describe-job.ts";
