import type { JobView } from "../job/job-view.ts";
import { clientDialects, type AnyJobWire, type ClientDialectName } from "./dialects.ts";

/** A job of any dialect as programs show it, and the name of its dialect. */
export type AnyJobView = JobView & { readonly dialect: ClientDialectName };

/** Converts a job that a client has read. */
export function viewJob(job: AnyJobWire): AnyJobView {
  for (const dialect of clientDialects) {
    const view = dialect.viewJob(job);
    if (view !== undefined) return { ...view, dialect: dialect.name };
  }
  throw new TypeError(`no dialect has the job ${job.id}`);
}
