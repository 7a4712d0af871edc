import { setTimeout as sleep } from "node:timers/promises";
import { Client, escapeIdentifier } from "pg";
import type { Logger } from "pino";
import type { Database } from "./database.ts";
import { tryHosts, type Hosts } from "./hosts.ts";

const connectionTimeoutMs = 5000;
const pauseMs = 250; // before connecting again

/** One connection for the notifications of all channels. */
export interface Listener extends Pick<Database, "listen"> {
  readonly close: () => Promise<void>;
}

/** Creates a listener that connects at the first `listen`. */
export function createListener(hosts: Hosts, log: Logger): Listener {
  const hearers = new Map<string, Set<(payload: string | undefined) => void>>();
  let connection: Promise<Client> | undefined;
  let closed = false;

  const connect = () => tryHosts(hosts, connectTo); // a standby refuses to listen

  async function connectTo(connectionString: string): Promise<Client> {
    const client = new Client({
      connectionString,
      connectionTimeoutMillis: connectionTimeoutMs,
      keepAlive: true,
      application_name: "memlane listener",
    });
    client.on("error", () => {}); // "end" follows and is handled
    client.on("notification", ({ channel, payload }) =>
      hearers.get(channel)?.forEach((hear) => hear(payload)),
    );
    try {
      await client.connect();
      for (const channel of hearers.keys()) await listenTo(client, channel);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    client.on("end", () => {
      if (!closed) connection = reconnect();
    });
    return client;
  }

  async function reconnect(): Promise<Client> {
    for (;;) {
      try {
        const client = await connect();
        hearers.forEach((hears) => hears.forEach((hear) => hear(undefined)));
        return client;
      } catch (error) {
        if (closed) throw error;
        log.debug({ err: error }, "cannot listen to the database yet");
        await sleep(pauseMs);
      }
    }
  }

  return {
    async listen(channel, hear) {
      const hears = hearers.get(channel) ?? new Set();
      hearers.set(channel, hears.add(hear));
      try {
        const client = await (connection ??= connect());
        // If the connection breaks now, the next connection listens to this channel too.
        await listenTo(client, channel).catch(() => {});
      } catch (error) {
        connection = undefined;
        hears.delete(hear);
        throw error;
      }
      return () => void hears.delete(hear);
    },
    async close() {
      closed = true;
      const client = await connection?.catch(() => undefined);
      await client?.end().catch(() => {});
    },
  };
}

async function listenTo(client: Client, channel: string): Promise<void> {
  await client.query(`listen ${escapeIdentifier(channel)}`);
}
