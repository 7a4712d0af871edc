// A setup file of vitest: a test file fails if it leaves a server, socket, timer or child process open.
// Some libraries import this module, which opens the standard streams for good. Loaded first, that is no leak.
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, vi } from "vitest";

/** How long a handle may take to close after the file's own hooks. Closing a socket takes some turns of the event loop. */
const closingTimeMs = 5_000;

/** These come and go by themselves: a request to the file system, or a handle that is closing already. */
const passing = /^(Immediate|FSReq\w*|CloseReq|GetAddrInfoReqWrap|GetNameInfoReqWrap)$/;

/** Counts what keeps this process alive, by kind. Handles that were unref'd are not listed by Node.js. */
function countOpenHandles(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    if (!passing.test(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** Names each kind of which there are more handles than before, for example `2 TCPServerWrap`. */
function leakedSince(before: ReadonlyMap<string, number>): readonly string[] {
  return [...countOpenHandles()].flatMap(([kind, count]) => {
    const leaked = count - (before.get(kind) ?? 0);
    return leaked > 0 ? [`${leaked} ${kind}`] : [];
  });
}

// Counted before the test file is imported. vitest's own timers come and go, so each test file may leave none.
const before = new Map([...countOpenHandles(), ["Timeout", 0]] as const);

// Hooks that run after the tests run in reverse order, so this one runs after those of the test file.
afterAll(async () => {
  vi.useRealTimers();
  const deadline = performance.now() + closingTimeMs;
  let leaked = leakedSince(before);
  while (leaked.length > 0 && performance.now() < deadline) {
    // Unref'd, so that it is not counted.
    await sleep(20, undefined, { ref: false });
    leaked = leakedSince(before);
  }
  if (leaked.length > 0) {
    const where = "`vitest run FILE --detectAsyncLeaks` shows where they were made.";
    throw new Error(`Leaked handles: this test file left ${leaked.join(", ")} open. ${where}`);
  }
}, closingTimeMs * 2);
