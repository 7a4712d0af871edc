// Measures how long a single job waits during another organisation's import of 100,000 memories.
import { startTestServer } from "@memlane/server/testing";

/** Milliseconds from POST to the end for each job, one after another, with this many places in the worker. */
export async function measureFairness(jobs: number, places: number): Promise<number[]> {
  const environment = {
    MEMLANE_BOOTSTRAP_KEYS: "big:key-of-the-big-org,small:key-of-the-small-org",
    MEMLANE_WORKER_CONCURRENCY: String(places),
  };
  const server = await startTestServer({ environment });
  const post = async (path: string, key: string, body: unknown) => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const response = await fetch(server.url + path, { method: "POST", headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    await response.arrayBuffer();
  };
  try {
    const memories = Array.from({ length: 500 }, (_, index) => ({
      content: `memory ${index}`,
      user_id: "u",
    }));
    await Promise.all(
      Array.from({ length: 200 }, () => post("/v1/batch", "key-of-the-big-org", { memories })),
    );
    const waitedMs: number[] = [];
    for (let user = 0; user < jobs; user += 1) {
      const startedMs = performance.now();
      const messages = [{ role: "user", content: "I live in Rome." }];
      await post("/v1/memories?wait=true", "key-of-the-small-org", {
        messages,
        user_id: `${user}`,
        conv_id: "c",
      });
      waitedMs.push(performance.now() - startedMs);
    }
    return waitedMs;
  } finally {
    await server.stop();
  }
}
