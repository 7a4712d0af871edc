// The conformance kit on the real server.
import { fileURLToPath } from "node:url";
import { conformanceChecks, type CheckResult } from "@memlane/core/conformance";
import { afterAll, beforeAll, expect, test } from "vitest";
import { plantedFaults } from "./planted-faults.ts";
import { checksWith, recordRun, replayRun, type Recording } from "./recording.ts";
import { startConformanceSubject, type ConformanceSubject } from "./subject.ts";

const redIn = (results: readonly CheckResult[]) =>
  results.filter(({ outcome }) => outcome === "failed").map(({ id, message }) => ({ id, message }));
const idsOf = (results: readonly { readonly id: string }[]) => results.map(({ id }) => id);

let subject: ConformanceSubject;
let results: readonly CheckResult[];
let recording: Recording;
beforeAll(async () => {
  subject = await startConformanceSubject();
  ({ results, recording } = await recordRun(conformanceChecks, subject.target));
}, 240_000);
afterAll(() => subject?.stop());

test("the server meets every requirement", () => {
  expect(redIn(results)).toEqual([]);
  expect(recording.has("")).toBe(false); // each request belongs to a check
});

test("the matrix in the documentation shows this run", async () => {
  const outcomes = Object.fromEntries(results.map(({ id, outcome }) => [id, outcome]));
  const file = new URL("../../../../apps/docs/src/conformance/memlane.json", import.meta.url);
  await expect(`${JSON.stringify(outcomes, null, 2)}\n`).toMatchFileSnapshot(fileURLToPath(file));
});

test("each check has its own id, and begins with its area", () => {
  const ids = idsOf(conformanceChecks);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, area } of conformanceChecks) expect(id.startsWith(`${area}.`)).toBe(true);
});

test("a recording that is played back gives the same results", async () => {
  const replayed = await replayRun(conformanceChecks, subject.target, recording, () => undefined);
  expect(redIn(replayed)).toEqual([]);
});

test.each(plantedFaults)("$title: exactly its requirements turn red", async ({ fault, red }) => {
  const checks = checksWith(fault, conformanceChecks, recording);
  const replayed = await replayRun(checks, subject.target, recording, fault);
  expect(idsOf(redIn(replayed)).toSorted()).toEqual(red.toSorted());
});

test("each area has a planted fault", () => {
  const areas = new Set(conformanceChecks.map(({ area }) => area));
  const planted = new Set(plantedFaults.map(({ title }) => title.split(":", 1)[0]));
  expect([...areas].filter((area) => !planted.has(area))).toEqual([]);
});
