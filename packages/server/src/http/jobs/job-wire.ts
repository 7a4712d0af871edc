// Reads and prints jobs of every dialect, each in its own format.
import type { Dialect, IdCodec, Job, JobId } from "@memlane/core";
import * as z from "zod/mini";
import type { StoredJob } from "../../store/job-row.ts";
import type { Schema } from "../route.ts";

/** How a dialect prints its jobs. */
export interface JobsOfDialect {
  readonly dialect: Dialect;
  /** The kind of work that its jobs do. */
  readonly kind: Job["kind"];
  /** How it prints the id of a job. */
  readonly jobIds: Pick<IdCodec<JobId>, "parse" | "print">;
  /** A job as the OpenAPI document describes it. */
  readonly jobSchema: Schema;
}

/** Reads and prints jobs of any dialect. */
export interface JobWire {
  /** Parses the id of a job as any dialect prints it. */
  readonly ids: Pick<IdCodec<JobId>, "parse">;
  /** Prints a job in the format of its own dialect. */
  readonly print: (job: StoredJob) => object;
  /** Prints the id of a job as its own dialect does. */
  readonly printId: (job: StoredJob) => string;
  readonly dialects: readonly JobsOfDialect[];
}

/** The schema of a job of any of these dialects. */
export function anyJobSchema(dialects: readonly JobsOfDialect[]): Schema {
  return z.union(dialects.map(({ jobSchema }) => jobSchema));
}

/** Combines the job formats of these dialects. */
export function createJobWire(dialects: readonly JobsOfDialect[]): JobWire {
  const byName = new Map(dialects.map((served) => [served.dialect.name, served]));
  // Without a name, an older server enqueued the job. With an unknown name, a newer one did.
  const dialectOf = ({ dialect, kind }: StoredJob) =>
    byName.get(dialect ?? "") ?? dialects.find((served) => served.kind === kind)!;
  return {
    dialects,
    ids: {
      parse(text) {
        for (const { jobIds } of dialects) {
          const id = jobIds.parse(text);
          if (id !== undefined) return id;
        }
        return undefined;
      },
    },
    print: (job) => z.encode(dialectOf(job).dialect.job, job),
    printId: (job) => dialectOf(job).jobIds.print(job.id),
  };
}
