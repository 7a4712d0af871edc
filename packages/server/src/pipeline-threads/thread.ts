// The entry of each pipeline thread.
import { workerData } from "piscina";
import { createExtractor, type ExtractorOptions } from "../pipeline/extract/extractors.ts";
import { createThreadTasks } from "./tasks.ts";

export const { read, reconcile } = createThreadTasks(createExtractor(workerData as ExtractorOptions));
