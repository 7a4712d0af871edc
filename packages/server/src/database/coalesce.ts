import { MemlaneError } from "@memlane/core";
import { isTransient } from "./transient-error.ts";

/**
 * The answer to a call that would delay the others in a shared run. The call is run again with its
 * own line.
 */
export const later: unique symbol = Symbol("later");

/** Which calls share a run. */
export interface CoalesceOptions<Input> {
  /** The line of a call. A line never waits for another line's heavy or late calls. */
  readonly lineOf: (input: Input) => string;
  /** @default 1 for each */
  readonly weightOf?: (input: Input) => number;
  /** The largest weight of one run. A heavier call runs alone. */
  readonly maximumWeight: number;
  /** A call that weighs more than this runs with its own line only. @default `maximumWeight` */
  readonly heavyWeight?: number;
  /** The largest weight of a run of one line. @default `maximumWeight` */
  readonly maximumLineWeight?: number;
  /** How many lines may have a separate run at a time. @default 3 */
  readonly mostLines?: number;
}

interface Call<Input, Output> {
  readonly input: Input;
  readonly resolve: (output: Output) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Combines many calls into one run. The first call runs at once. Calls that arrive meanwhile share
 * the next run, one call of each line in turn. So the run that answers a call always began after
 * the call.
 *
 * Heavy calls, and calls that a shared run answered with `later`, run separately: at the same time
 * as the shared runs, and only with calls of their own line (`isOfOneLine`). If a shared run fails,
 * it is tried again line by line, and then call by call. So a call that cannot succeed makes no
 * other call fail. A connection error or a MemlaneError fails the whole run.
 */
export function coalesce<Input, Output>(
  run: (inputs: readonly Input[], isOfOneLine: boolean) => Promise<readonly (Output | typeof later)[]>,
  {
    lineOf,
    weightOf = () => 1,
    maximumWeight,
    heavyWeight = maximumWeight,
    maximumLineWeight = maximumWeight,
    mostLines = 3,
  }: CoalesceOptions<Input>,
): (input: Input) => Promise<Output> {
  type Lines = Map<string, Call<Input, Output>[]>;
  const shared: Lines = new Map();
  const own: Lines = new Map();
  const running = new Set<string>(); // lines with a separate run
  let isSharing = false;

  const add = (lines: Lines, call: Call<Input, Output>) => {
    const line = lineOf(call.input);
    const calls = lines.get(line);
    if (calls === undefined) lines.set(line, [call]);
    else calls.push(call);
  };

  /**
   * Takes one call of each line in turn, up to the maximum weight. A line that was served goes to
   * the end.
   */
  function take(lines: Lines, maximum: number, only?: string): Call<Input, Output>[] {
    const share: Call<Input, Output>[] = [];
    let weight = 0;
    for (const [line, calls] of lines) {
      if (only !== undefined && line !== only) continue;
      weight += weightOf(calls[0]!.input);
      if (share.length > 0 && weight > maximum) break;
      share.push(calls.shift()!);
      lines.delete(line);
      if (calls.length > 0) lines.set(line, calls);
    }
    return share;
  }

  function start(): void {
    if (!isSharing && shared.size > 0) void runShared();
    for (const line of own.keys()) {
      if (running.size >= mostLines) break;
      if (!running.has(line)) void runLine(line);
    }
  }

  async function runShared(): Promise<void> {
    isSharing = true;
    const calls = take(shared, maximumWeight);
    try {
      const outputs = await run(
        calls.map(({ input }) => input),
        false,
      );
      calls.forEach((call, index) => settle(call, outputs[index]!));
    } catch (error) {
      if (failsAll(error)) calls.forEach(({ reject }) => reject(error));
      else calls.forEach((call) => add(own, call));
    }
    isSharing = false;
    start();
  }

  async function runLine(line: string): Promise<void> {
    running.add(line);
    await runAlone(take(own, maximumLineWeight, line));
    running.delete(line);
    start();
  }

  async function runAlone(calls: readonly Call<Input, Output>[]): Promise<void> {
    try {
      const outputs = await run(
        calls.map(({ input }) => input),
        true,
      );
      calls.forEach((call, index) => settle(call, outputs[index]!));
    } catch (error) {
      if (calls.length === 1 || failsAll(error)) calls.forEach(({ reject }) => reject(error));
      else for (const call of calls) await runAlone([call]);
    }
  }

  function settle(call: Call<Input, Output>, output: Output | typeof later): void {
    if (output === later) add(own, call);
    else call.resolve(output);
  }

  return (input) =>
    new Promise((resolve, reject) => {
      add(weightOf(input) > heavyWeight ? own : shared, { input, resolve, reject });
      start();
    });
}

const failsAll = (error: unknown) => isTransient(error) || MemlaneError.is(error);
