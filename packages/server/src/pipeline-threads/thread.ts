// The entry of each pipeline thread.
import { workerData } from "piscina";
import { createExtractor, type ExtractorOptions } from "../pipeline/extract/extractors.ts";
import { createSharingJudge } from "../pipeline/share/sharing-judges.ts";
import { createThreadTasks } from "./tasks.ts";

const options = workerData as ExtractorOptions;

export const { read, reconcile, split } = createThreadTasks(
  createExtractor(options),
  createSharingJudge(options),
);
