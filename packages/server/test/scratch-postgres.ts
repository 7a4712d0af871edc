// A PostgreSQL that is stopped with the process that started it.
import { startTestPostgres, type TestPostgres } from "../src/testing.ts";

const stops = new Set<() => Promise<void>>();

/** Starts a PostgreSQL in a new folder. It is also stopped when the process is interrupted. */
export async function startScratchPostgres(): Promise<TestPostgres> {
  if (stops.size === 0) process.once("SIGINT", stopAll);
  const starting = startTestPostgres();
  const stop = async () => {
    await (await starting).stop();
    stops.delete(stop);
    if (stops.size === 0) process.off("SIGINT", stopAll);
  };
  stops.add(stop);
  return { ...(await starting), stop };
}

function stopAll(): void {
  process.on("uncaughtException", () => {}); // its users fail now, and must not end the process before it is stopped
  void Promise.allSettled([...stops].map((stop) => stop())).then(() => process.exit(130));
}
