import { jobIds } from "../ids/id.ts";
import { uuidV7TimeMs } from "../ids/uuid-v7.ts";
import type { JobView } from "./job-view.ts";

/** When a job was accepted, in ISO 8601. Our ids contain the time; undefined if neither the job nor its id has it. */
export function acceptedAt({ id, created_at: createdAt }: JobView): string | undefined {
  if (createdAt !== undefined) return createdAt;
  const uuid = jobIds.parse(id);
  const timeMs = uuid && uuidV7TimeMs(uuid);
  return timeMs === undefined ? undefined : new Date(timeMs).toISOString();
}
