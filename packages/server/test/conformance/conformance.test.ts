// The conformance kit on the real server.
import { conformanceChecks, type CheckResult } from "@memlane/core/conformance";
import { afterAll, beforeAll, expect, test } from "vitest";
import { plantedFaults } from "./planted-faults.ts";
import { recordRun, replayRun, type Recording } from "./recording.ts";
import { redRequirements } from "./red-requirements.ts";
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
});
afterAll(() => subject?.stop());

test("the server meets every requirement that is not listed as red", () => {
  expect(redIn(results).filter(({ id }) => !redRequirements.includes(id))).toEqual([]);
});

test("the list of red requirements has none that is green, unknown or named twice", () => {
  const red = idsOf(redIn(results));
  expect(redRequirements.filter((id) => !red.includes(id))).toEqual([]);
  expect(new Set(redRequirements).size).toBe(redRequirements.length);
});

test("each check has its own id, and begins with its area", () => {
  const ids = idsOf(conformanceChecks);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, area } of conformanceChecks) expect(id.startsWith(`${area}.`)).toBe(true);
});

test("a recording that is played back gives the same results", async () => {
  const replayed = await replayRun(conformanceChecks, subject.target, recording, () => undefined);
  expect(idsOf(redIn(replayed))).toEqual(idsOf(redIn(results)));
});

test.each(plantedFaults)("the fault '$title' turns exactly its requirements red", async ({ fault, red }) => {
  let alterations = 0;
  const counted: typeof fault = (route, answer) => {
    const change = fault(route, answer);
    if (change !== undefined) alterations += 1;
    return change;
  };
  const replayed = await replayRun(conformanceChecks, subject.target, recording, counted);
  expect(alterations).toBeGreaterThan(0);
  const before = new Set(idsOf(redIn(results)));
  expect(
    idsOf(redIn(replayed))
      .filter((id) => !before.has(id))
      .toSorted(),
  ).toEqual(red.toSorted());
});
