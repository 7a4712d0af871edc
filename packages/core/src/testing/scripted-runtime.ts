import type { Runtime } from "../client/runtime.ts";
import { createScriptedClock, type ScriptedClock } from "./scripted-clock.ts";
import {
  createScriptedTransport,
  type ScriptedTransport,
  type TransportScript,
} from "./scripted-transport.ts";

/** A complete runtime for `createClient` that touches nothing outside the test. */
export interface ScriptedRuntime extends Runtime, ScriptedTransport {
  readonly transport: Runtime["transport"];
  readonly clock: ScriptedClock;
}

/** A runtime that plays a script. Without `random` there is no jitter. */
export function createScriptedRuntime(
  script: TransportScript,
  { clock = createScriptedClock(), random = () => 0 }: { clock?: ScriptedClock; random?: () => number } = {},
): ScriptedRuntime {
  return {
    ...createScriptedTransport(clock, script),
    clock,
    now: clock.now,
    sleep: clock.sleep,
    random,
  };
}
