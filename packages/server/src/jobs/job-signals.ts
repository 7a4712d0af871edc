// Notifications between processes about jobs. They are sent after the commit. One notification names many jobs.
import { setTimeout as sleep } from "node:timers/promises";
import type { JobId } from "@memlane/core";
import type { StoredJob } from "../store/job-row.ts";
import type { Database } from "../database/database.ts";
import { newId } from "../base/new-id.ts";
import { notify } from "../store/notify.ts";

const queuedChannel = "memlane_job_queued";
const changedChannel = "memlane_job_changed";
const idsPerNotification = 200; // a payload is at most 8000 bytes, and an id with its comma takes 37
const spacingMs = 5; // to collect notifications, because each NOTIFY is a commit that all other commits wait for

/** Notifications about jobs. They get lost if a connection breaks, so readers must also poll. */
export interface JobSignals {
  /** Announces that jobs or memories to mine were enqueued. Call it after the commit. */
  readonly announceQueued: () => void;
  /** Announces a change of a job. Call it after the commit. */
  readonly announceChanged: (id: JobId) => void;
  /** Announces changes of several jobs. Call it after the commit. */
  readonly announceAll: (ids: readonly JobId[]) => void;
  /** Announces the end of a job. Call it after the commit. */
  readonly announceEnded: (job: StoredJob) => void;
  /** Calls `hear` when there may be work. Returns a function that stops this. */
  readonly onQueued: (hear: () => void) => () => void;
  /** Calls `hear` when a job may have changed. Returns a function that stops this. */
  readonly onChanged: (id: JobId, hear: HearJob) => () => void;
  readonly close: () => Promise<void>;
}

/** Is called when a job may have changed. It gets the ended job only in the process that ended it. */
type HearJob = (ended?: StoredJob) => void;

/** Sends signals as database notifications. Listeners in the same process are called at once. */
export async function openJobSignals(database: Database): Promise<JobSignals> {
  const self = newId(); // the first word of each payload, so that a process ignores its own notifications
  const queued = new Set<() => void>();
  const changed = new Map<string, Set<HearJob>>();
  const hearQueued = () => [...queued].forEach((hear) => hear());
  const hearChanged = (id: string, ended?: StoredJob) =>
    [...(changed.get(id) ?? [])].forEach((hear) => hear(ended));
  const listen = (channel: string, hear: (ids: string[] | undefined) => void) =>
    database.listen(channel, (payload) => {
      const [sender, ...ids] = payload?.split(",") ?? [];
      if (sender !== self) hear(sender === undefined ? undefined : ids);
    });
  await listen(queuedChannel, hearQueued);
  await listen(changedChannel, (ids = [...changed.keys()]) => ids.forEach((id) => hearChanged(id)));

  // One notification at a time per process, because NOTIFY takes a lock that commits wait for.
  // Everything that is announced meanwhile shares the next one.
  const pending = { [queuedChannel]: new Set<string>(), [changedChannel]: new Set<string>() };
  let sending: Promise<void> | undefined;
  const announce = (channel: keyof typeof pending, payload: string) => {
    pending[channel].add(payload);
    sending ??= send();
  };
  async function send(): Promise<void> {
    await Promise.resolve(); // includes what is announced in the same turn of the event loop
    for (;;) {
      const [channel, payloads] = Object.entries(pending).find(([, waiting]) => waiting.size > 0) ?? [];
      if (channel === undefined || payloads === undefined) break;
      const batch = [...payloads].slice(0, idsPerNotification);
      for (const payload of batch) payloads.delete(payload);
      // If sending fails, the notification is lost. That is safe, because readers also poll.
      await notify(database, channel, [self, ...batch].join(",")).catch(() => {});
      await sleep(spacingMs);
    }
    sending = undefined;
  }

  const announceChanged = (id: JobId) => {
    announce(changedChannel, id);
    hearChanged(id);
  };
  return {
    announceQueued() {
      announce(queuedChannel, "");
      hearQueued();
    },
    announceChanged,
    announceAll: (ids) => ids.forEach(announceChanged),
    announceEnded(job) {
      announce(changedChannel, job.id);
      hearChanged(job.id, job);
    },
    onQueued(hear) {
      queued.add(hear);
      return () => void queued.delete(hear);
    },
    onChanged(id, hear) {
      const hears = changed.get(id) ?? new Set<HearJob>();
      changed.set(id, hears.add(hear));
      return () => {
        hears.delete(hear);
        if (hears.size === 0) changed.delete(id);
      };
    },
    close: async () => sending,
  };
}
