import { isTransient } from "../database/transient-error.ts";

/** How many calls may share a run. */
export interface CoalesceOptions<Input> {
  /** The most that one run may weigh; a call that weighs more runs alone. */
  readonly maximumWeight: number;
  /** @default 1 for each */
  readonly weightOf?: (input: Input) => number;
}

interface Call<Input, Output> {
  readonly input: Input;
  readonly resolve: (output: Output) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Makes one call out of many: the first runs at once, those that arrive while it runs share the next run. Nobody is
 * answered before a run that began after the call. A run that fails, other than for want of the database, is tried
 * again call by call, so that one that cannot be done fails nobody else.
 */
export function coalesce<Input, Output>(
  run: (inputs: readonly Input[]) => Promise<readonly Output[]>,
  { maximumWeight, weightOf = () => 1 }: CoalesceOptions<Input>,
): (input: Input) => Promise<Output> {
  let waiting: Call<Input, Output>[] = [];
  let isRunning = false;

  async function work(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) await settle(takeShare());
    isRunning = false;
  }

  function takeShare(): Call<Input, Output>[] {
    let weight = 0;
    const isOver = waiting.findIndex(({ input }) => (weight += weightOf(input)) > maximumWeight);
    const count = isOver === -1 ? waiting.length : Math.max(isOver, 1);
    const share = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return share;
  }

  async function settle(calls: readonly Call<Input, Output>[]): Promise<void> {
    try {
      const outputs = await run(calls.map(({ input }) => input));
      calls.forEach(({ resolve }, index) => resolve(outputs[index]!));
    } catch (error) {
      if (calls.length === 1 || isTransient(error)) calls.forEach(({ reject }) => reject(error));
      else for (const call of calls) await settle([call]);
    }
  }

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      if (!isRunning) void work();
    });
}
