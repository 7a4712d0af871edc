// A memory limit for a process and its children, if Linux lets this process set one.
import { mkdir, readFile, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A control group for a process. */
export interface MemoryLimit {
  /** The command that runs the command after it within the limit. */
  readonly prefix: readonly string[];
  /** How many processes the kernel has killed because the group reached the limit. */
  readonly countKills: () => Promise<number>;
  /** Removes the group after its processes have ended. */
  readonly remove: () => Promise<void>;
}

const root = "/sys/fs/cgroup";
const removalTries = 50;

/** Creates a group with this limit; undefined if the system or the account's rights do not allow it. */
export async function limitMemory(bytes: number): Promise<MemoryLimit | undefined> {
  const ownGroups = await readFile("/proc/self/cgroup", "utf8").catch(() => "");
  const candidates = [
    {
      own: /^\d+:memory:(.*)$/m.exec(ownGroups)?.[1],
      parent: join(root, "memory"),
      file: "memory.limit_in_bytes",
      events: "memory.oom_control",
    },
    { own: /^0::(.*)$/m.exec(ownGroups)?.[1], parent: root, file: "memory.max", events: "memory.events" },
  ];
  for (const { own, parent, file, events } of candidates) {
    if (own === undefined) continue;
    const group = join(parent, own, `memlane-siege-${process.pid}`);
    try {
      await mkdir(group);
    } catch {
      continue;
    }
    try {
      await writeFile(join(group, file), String(bytes));
      return {
        prefix: ["sh", "-c", `echo $$ > "$0" && exec "$@"`, join(group, "cgroup.procs")],
        async countKills() {
          return Number(/^oom_kill (\d+)$/m.exec(await readFile(join(group, events), "utf8"))?.[1] ?? 0);
        },
        remove: () => removeGroup(group),
      };
    } catch {
      await removeGroup(group);
    }
  }
  return undefined;
}

/** For a moment after its end, the kernel still counts a process as a member. */
async function removeGroup(group: string): Promise<void> {
  for (let tries = 1; tries <= removalTries; tries += 1) {
    const error = await rmdir(group).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error === undefined) return;
    if (tries === removalTries) throw error;
    await sleep(100);
  }
}
