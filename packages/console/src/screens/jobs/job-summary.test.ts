import type { JobView } from "@memlane/core/internal";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { stateOf } from "../../jobs/job-states.ts";
import { JobSummary } from "./job-summary.tsx";

/** A job of a third dialect, as its file `job-view.ts` makes it. */
const notes: JobView = {
  id: "IMP-019A2F3C4D5E7F60A1B2C3D4E5F60718",
  dialect: "notes",
  kind: "batch",
  status: "done",
  state: "succeeded",
  failure: undefined,
  received: 500,
  imported: 499,
  failed: 1,
  errors: [{ index: 17, error: "content must not be empty" }],
};

test("a job of a third dialect is shown in the words of its kind", () => {
  expect(stateOf(notes)).toBe("succeeded");
  expect(renderToStaticMarkup(createElement(JobSummary, { job: notes }))).toBe(
    '499 of 500 items stored, <strong class="failure">1 failed</strong>',
  );
});

test("an attempt that runs after a failed one is not called failed", () => {
  const job: JobView = { ...notes, state: "active", attempts: 2, last_error: "no answer" };
  expect(renderToStaticMarkup(createElement(JobSummary, { job }))).toBe(
    'Attempt 2 runs after an error <span class="quiet">no answer</span>',
  );
});
