import { setImmediate as nextIteration } from "node:timers/promises";

/** Decides whose body is read next. */
export interface BodyTurns {
  /** Resolves when a body of this organisation may read its next piece; undefined means at once. */
  readonly take: (orgId: string) => Promise<void> | undefined;
}

/**
 * Lets a few bodies read a piece in each iteration of the event loop. Otherwise each iteration would read a piece of
 * every body, and Node.js accepts one connection in an iteration: some hundred large bodies would delay new
 * connections by seconds. The organisations take turns.
 */
export function createBodyTurns(perIteration = 4): BodyTurns {
  let left = perIteration;
  let isRenewing = false;
  const waiting = new Map<string, (() => void)[]>(); // by organisation; the first key is the next to read
  function renew(): void {
    for (left = perIteration; left > 0 && waiting.size > 0; left -= 1) {
      const [orgId, bodies] = waiting.entries().next().value!;
      waiting.delete(orgId);
      const grant = bodies.shift()!;
      if (bodies.length > 0) waiting.set(orgId, bodies);
      grant();
    }
    isRenewing = left < perIteration;
    if (isRenewing) void nextIteration().then(renew);
  }
  return {
    take(orgId) {
      if (!isRenewing) void nextIteration().then(renew);
      isRenewing = true;
      if (left > 0) {
        left -= 1;
        return undefined;
      }
      return new Promise((grant) => {
        const bodies = waiting.get(orgId);
        if (bodies === undefined) waiting.set(orgId, [grant]);
        else bodies.push(grant);
      });
    },
  };
}
