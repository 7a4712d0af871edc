import type { Call } from "./call.ts";
import type { ConformanceRuntime } from "./runtime.ts";
import type { ConformanceTarget } from "./target.ts";

/** What a check works with. */
export interface Site {
  readonly target: ConformanceTarget;
  readonly runtime: ConformanceRuntime;
  /** A user, an agent and a conversation that only this run of this check uses. */
  readonly user: string;
  readonly agent: string;
  readonly conversation: string;
  /** Calls with the headers of a client of the ingest dialect. */
  readonly ingest: Call;
  /** Calls with the headers of a client of the batch dialect. */
  readonly batch: Call;
  /** Calls without any header. */
  readonly bare: Call;
  /** Reads again until there is a value. Fails after a bounded time with `expected`. */
  readonly until: <T>(expected: string, read: () => Promise<T | undefined>) => Promise<T>;
}

/** One requirement of a wire, and the check of it. */
export interface Check {
  /** Such as `batch.facts.patch.confirms`. The first two words are the area. */
  readonly id: string;
  readonly area: string;
  /** What a server must do, in one sentence. */
  readonly requirement: string;
  /** The check runs while no other does, because it reads or changes what belongs to the whole organisation. */
  readonly isAlone: boolean;
  /** Rejects if the server does something else. */
  readonly run: (site: Site) => Promise<void>;
}

/** Defines a check. */
export function check(id: string, requirement: string, run: Check["run"]): Check {
  return { id, area: id.split(".", 2).join("."), requirement, isAlone: false, run };
}

/** Defines a check that runs while no other does. */
export function checkAlone(id: string, requirement: string, run: Check["run"]): Check {
  return { ...check(id, requirement, run), isAlone: true };
}
