import type { BatchJobWire, IngestJobWire, MemlaneError } from "@memlane/core";
import { expectTypeOf, it } from "vitest";
import { watchJob, type JobSnapshot, type WatchJobOptions } from "./index.ts";
import { useJob } from "./react.ts";

const options = { id: "job_1", token: "e30.e30.c2ln", baseUrl: "/memlane" } as const;

it("a watch has jobs of the named dialect, and each phase has only its own fields", () => {
  const ingest = watchJob(options);
  const batch = watchJob({ ...options, dialect: "batch" });
  expectTypeOf(ingest.getSnapshot()).toEqualTypeOf<JobSnapshot<IngestJobWire>>();
  expectTypeOf(batch.getSnapshot()).toEqualTypeOf<JobSnapshot<BatchJobWire>>();
  expectTypeOf(watchJob({ ...options } as WatchJobOptions).getSnapshot()).toEqualTypeOf<
    JobSnapshot<BatchJobWire | IngestJobWire>
  >();
  type Of<Phase> = Extract<JobSnapshot<BatchJobWire>, { readonly phase: Phase }>;
  expectTypeOf<Of<"waiting">>().not.toHaveProperty("job");
  expectTypeOf<Of<"ended">["job"]>().toEqualTypeOf<BatchJobWire>();
  expectTypeOf<Of<"failed">["error"]>().toEqualTypeOf<MemlaneError>();
  expectTypeOf<Of<"failed">["job"]>().toEqualTypeOf<BatchJobWire | undefined>();
});

it("a hook's snapshot is that of its dialect", () => {
  type Batch = ReturnType<typeof useBatch>;
  const useBatch = () => useJob({ ...options, dialect: "batch" });
  const useIngest = () => useJob(options);
  expectTypeOf<Batch>().toEqualTypeOf<JobSnapshot<BatchJobWire>>();
  expectTypeOf<ReturnType<typeof useIngest>>().toEqualTypeOf<JobSnapshot<IngestJobWire>>();
});
