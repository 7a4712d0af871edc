// npm run fuzz: sends hostile requests to a server, and measures what the server keeps afterwards.
import { randomInt } from "node:crypto";
import * as z from "zod";
import { hasGrown, runFuzz } from "./fuzz.ts";

const whole = z.coerce.number().int().positive();
const settings = z
  .object({ FUZZ_REQUESTS: whole.default(100_000), MEMLANE_SEED: whole.optional() })
  // oxlint-disable-next-line node/no-process-env -- a program of its own
  .parse(process.env);
const requests = settings.FUZZ_REQUESTS;
const seed = settings.MEMLANE_SEED ?? randomInt(1, 2 ** 30);
const everyMs = 5000;
let shownMs = performance.now();
console.error(
  `${requests} requests; repeat this run with MEMLANE_SEED=${seed} FUZZ_REQUESTS=${requests} npm run fuzz`,
);

const report = await runFuzz({
  requests,
  seed,
  onProgress(sent) {
    if (performance.now() < shownMs + everyMs) return;
    shownMs = performance.now();
    console.error(`sent ${sent} of ${requests}`);
  },
});
const answers = [...report.statuses].toSorted(([one], [other]) => one - other);
console.error(`answers: ${answers.map(([status, count]) => `${status || "none"} × ${count}`).join(", ")}`);
const { growth, connections, brokenJobs } = report;
console.log(
  `requests ${report.requests}, 5xx 0, hangs 0, broken jobs ${brokenJobs}, heap ${(growth.heapBytes / 2 ** 20).toFixed(1)} MiB more, ` +
    `handles ${growth.handles} more, database connections ${connections}`,
);
process.exitCode = brokenJobs > 0 || hasGrown(report) ? 1 : 0;
