// The entry of each pipeline thread.
import { workerData } from "piscina";
import type { Settings } from "../settings/read-environment.ts";
import { chooseExtractor } from "../pipeline/choose-extractor.ts";
import { createThreadTasks } from "./tasks.ts";

export const { read, reconcile } = createThreadTasks(chooseExtractor(workerData as Pick<Settings, "llm">));
