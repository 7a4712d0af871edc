// Jobs of every dialect, each in the words of its own.
import type { Dialect, IdCodec, Job, JobId } from "@memlane/core";
import * as z from "zod/mini";
import type { StoredJob } from "../../store/job-row.ts";
import type { Schema } from "../route.ts";

/** How a dialect writes its jobs. */
export interface JobsOfDialect {
  readonly dialect: Dialect;
  /** The kind of work that its jobs do. */
  readonly kind: Job["kind"];
  /** How it spells the id of a job. */
  readonly jobIds: Pick<IdCodec<JobId>, "parse" | "print">;
  /** A job as the OpenAPI document describes it. */
  readonly jobSchema: Schema;
}

/** How jobs of any dialect are read and written. */
export interface JobWire {
  /** Reads the id of a job in the spelling of any dialect. */
  readonly ids: Pick<IdCodec<JobId>, "parse">;
  /** Writes a job in the words of its own dialect. */
  readonly print: (job: StoredJob) => object;
  /** Writes the id of a job in the spelling of its own dialect. */
  readonly printId: (job: StoredJob) => string;
  readonly dialects: readonly JobsOfDialect[];
}

/** A job of any of these dialects. */
export function anyJobSchema(dialects: readonly JobsOfDialect[]): Schema {
  return z.union(dialects.map(({ jobSchema }) => jobSchema));
}

/** Joins what the dialects say of their jobs. */
export function createJobWire(dialects: readonly JobsOfDialect[]): JobWire {
  const byName = new Map(dialects.map((served) => [served.dialect.name, served]));
  // No name: an older server enqueued the job. An unknown name: a newer one did.
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
