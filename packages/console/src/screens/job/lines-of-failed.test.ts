import { expect, test } from "vitest";
import { linesOfFailed } from "./lines-of-failed.ts";

const batch = {
  id: "job_1",
  status: "completed",
  received: 4,
  imported: 2,
  failed: 2,
  errors: [
    { index: 3, error: "too long", code: "content_too_long" },
    { index: 1, error: "empty", code: "empty_content" },
  ],
} as const;
const linesOf = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);

test("each line has a failed item with its error, in the order of the batch", () => {
  const request = [{ content: "" }, { content: "long" }];
  expect(linesOf(linesOfFailed({ ...batch, errors: [...batch.errors] }, request))).toEqual([
    { index: 1, error: "empty", code: "empty_content", item: { content: "" } },
    { index: 3, error: "too long", code: "content_too_long", item: { content: "long" } },
  ]);
});

test.each([
  ["the request is no longer kept", batch.failed, undefined],
  ["the server lists only some of the errors", 3, [{ content: "" }, { content: "long" }, { content: "?" }]],
])("a line has no item if %s", (_, failed, request) => {
  const lines = linesOf(linesOfFailed({ ...batch, failed, errors: [...batch.errors] }, request));
  expect(lines[0]).toEqual({ index: 1, error: "empty", code: "empty_content" });
});
