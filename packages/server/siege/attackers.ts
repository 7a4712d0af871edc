// The attackers: each is an organisation and a process that performs one assault at a time.
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { statuses, type Assault, type Order } from "./order.ts";

/** Running attackers. */
export interface Attackers {
  /** Gives each attacker one assault, all at the same time. Resolves with the number of answers by status, for each attacker. */
  readonly attack: (
    assaults: readonly Assault[],
    durationMs: number,
  ) => Promise<readonly Readonly<Record<string, number>>[]>;
  readonly close: () => void;
}

/** Starts an attacker for each organisation. */
export function startAttackers(url: string, orgIds: readonly string[]): Attackers {
  const processes = orgIds.map(() =>
    fork(fileURLToPath(new URL("attacker.ts", import.meta.url)), { execArgv: [] }),
  );
  return {
    attack: (assaults, durationMs) =>
      Promise.all(
        assaults.map((assault, index) =>
          command(processes[index]!, { ...assault, url, orgId: orgIds[index]!, durationMs }),
        ),
      ),
    close() {
      for (const attacker of processes) attacker.kill();
    },
  };
}

async function command(attacker: ChildProcess, order: Order) {
  const over = new AbortController();
  const { signal } = over;
  try {
    const answered = once(attacker, "message", { signal });
    const ended = once(attacker, "exit", { signal });
    attacker.send(order);
    const [counted] = await Promise.race([
      answered,
      ended.then(([code, killedBy]): never => {
        throw new Error(
          `the process of an attacker ended during the attack "${order.attack}": ${code ?? killedBy}`,
        );
      }),
    ]);
    return statuses.parse(counted);
  } finally {
    over.abort();
  }
}
