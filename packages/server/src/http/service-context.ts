import type { Uuid } from "@memlane/core";
import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import type { RecordAudit } from "../audit/audit-log.ts";
import type { DatabaseOf } from "../database/org-shares.ts";
import type { CoalescedJobs } from "../jobs/coalesced-jobs.ts";
import type { LimitsOf } from "../cached-rows/cached-limits.ts";
import type { WriteMemory } from "../memories/write-memory.ts";
import type { AnswerJob } from "./jobs/job-answers.ts";
import type { JobWire } from "./jobs/job-wire.ts";
import type { OpenAnswers } from "./open-answers.ts";
import type { CountRequest } from "./rate-limit.ts";
import type { BeginRedaction } from "./redaction.ts";
import type { UsageCounter } from "./usage-counter.ts";
import type { KeyLookup } from "./wrong-keys.ts";
import type { Search } from "../search/search.ts";
import type { JobSignals } from "../jobs/job-signals.ts";

/** Whether agents can create an organisation of their own. */
interface SelfService {
  readonly mode: "off" | "paused" | "on";
  readonly signupsPerMinute: number;
}

/** What the handlers of all dialects use. */
export interface ServiceContext extends KeyLookup {
  readonly database: Database;
  readonly log: Logger;
  readonly databaseOf: DatabaseOf;
  readonly jobs: CoalescedJobs;
  readonly writeMemory: WriteMemory;
  readonly limitsOf: LimitsOf;
  readonly countRequest: CountRequest;
  readonly beginRedaction: BeginRedaction;
  readonly search: Search;
  readonly signals: JobSignals;
  readonly newId: () => Uuid;
  readonly audit: RecordAudit;
  readonly selfService: SelfService;
  readonly answerJob: AnswerJob;
  readonly jobWire: JobWire;
  readonly openAnswers: OpenAnswers;
  readonly usage: UsageCounter;
  /** Whether a webhook may have a private address. */
  readonly allowPrivateWebhooks: boolean;
  /** Aborts when the server stops: long-polls are then answered with the current state. */
  readonly closing: AbortSignal;
}
