// Commits that no standby has confirmed. With synchronous replication, PostgreSQL waits for a standby. If a
// time-out ends this wait, PostgreSQL sends a warning, and reports the commit as done. A failover may then lose it.
import type { ClientBase } from "pg";

/** Watches the commits of connections. */
export interface UnconfirmedCommits {
  readonly watch: (client: ClientBase) => void;
  /** Call after each commit. @throws Error with the SQLSTATE 40003 if the commit may get lost */
  readonly check: (client: ClientBase) => void;
}

/** The function of PostgreSQL that waits. The text of its warning depends on the server's language. */
const waiting = "SyncRepWaitForLSN";

/** Creates a watcher of commits. */
export function createUnconfirmedCommits(): UnconfirmedCommits {
  const unconfirmed = new WeakSet<ClientBase>();
  return {
    watch(client) {
      client.on("notice", ({ routine }) => {
        if (routine === waiting) unconfirmed.add(client);
      });
    },
    check(client) {
      if (!unconfirmed.delete(client)) return;
      const message = "the commit has reached no standby in time, so a failover may lose it";
      throw Object.assign(new Error(message), { code: "40003" }); // statement_completion_unknown
    },
  };
}
