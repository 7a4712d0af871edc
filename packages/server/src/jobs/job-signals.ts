// How processes tell each other about jobs: notifications after the commit, many in one.
import { setTimeout as sleep } from "node:timers/promises";
import type { JobId } from "@memlane/core";
import type { StoredJob } from "../store/job-row.ts";
import type { Database } from "../database/database.ts";
import { newId } from "../base/new-id.ts";
import { notify } from "../store/notify.ts";

const queuedChannel = "memlane_job_queued";
const changedChannel = "memlane_job_changed";
const idsPerNotification = 200; // a payload is at most 8000 bytes, an id with its comma 37
const spacingMs = 5; // what is announced meanwhile goes together: each NOTIFY is a commit that all others wait for

/** Notifications about jobs. They may be lost with a connection, so whoever waits also looks now and then. */
export interface JobSignals {
  /** Says that jobs were enqueued. Call it after the commit. */
  readonly announceQueued: () => void;
  /** Says that a job came further. Call it after the commit. */
  readonly announceChanged: (id: JobId) => void;
  /** Says that a job ended, and how. Call it after the commit. */
  readonly announceEnded: (job: StoredJob) => void;
  /** Hears that there may be work, until the function that it answers is called. */
  readonly onQueued: (hear: () => void) => () => void;
  /** Hears that a job may have changed, until the function that it answers is called. */
  readonly onChanged: (id: JobId, hear: HearJob) => () => void;
  readonly close: () => Promise<void>;
}

/** Hears of a job; how it ended is known in the process that ended it. */
type HearJob = (ended?: StoredJob) => void;

/** Signals over a database's notifications; who is in the same process hears at once. */
export async function openJobSignals(database: Database): Promise<JobSignals> {
  const self = newId(); // stands first in what this process sends: it has heard that already
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

  // One notification at a time and process: a NOTIFY takes a lock on commits, all those waiting share the next.
  const pending = { [queuedChannel]: new Set<string>(), [changedChannel]: new Set<string>() };
  let sending: Promise<void> | undefined;
  const announce = (channel: keyof typeof pending, payload: string) => {
    pending[channel].add(payload);
    sending ??= send();
  };
  async function send(): Promise<void> {
    await Promise.resolve(); // what is announced in the same turn goes along
    for (;;) {
      const [channel, payloads] = Object.entries(pending).find(([, waiting]) => waiting.size > 0) ?? [];
      if (channel === undefined || payloads === undefined) break;
      const batch = [...payloads].slice(0, idsPerNotification);
      for (const payload of batch) payloads.delete(payload);
      // A notification that cannot be sent is one that is lost: those who wait look by themselves.
      await notify(database, channel, [self, ...batch].join(",")).catch(() => {});
      await sleep(spacingMs);
    }
    sending = undefined;
  }

  return {
    announceQueued() {
      announce(queuedChannel, "");
      hearQueued();
    },
    announceChanged(id) {
      announce(changedChannel, id);
      hearChanged(id);
    },
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
