import { expect, test } from "vitest";
import * as z from "zod/mini";
import { learningEvents } from "./learning-event.ts";
import { learningEventCodec } from "./learning-event-codec.ts";

const completed: z.input<typeof learningEventCodec> = {
  event: "memory.learning.completed",
  job_id: "job_019a2f3c4d5e7f60a1b2c3d4e5f60718",
  conv_id: "c",
  user_id: "u",
  memories: [{ id: "019a2f3c-4d5e-7f60-a1b2-c3d4e5f60718", type: "fact" }],
  memories_updated: [],
  timestamp: "2026-11-22T10:00:00.000Z",
};
const failed: z.input<typeof learningEventCodec> = {
  ...completed,
  event: "memory.learning.failed",
  memories: [],
  error: { type: "server_error", code: "ingest_failed", message: "no" },
};

test.each([completed, failed])("$event is read, and printed unchanged", (wire) => {
  const event = z.decode(learningEventCodec, wire);
  expect(event.timestamp).toEqual(new Date("2026-11-22T10:00:00Z"));
  expect(z.encode(learningEventCodec, event)).toEqual(wire);
});

test("a failure without its reason is refused", () => {
  expect(learningEventCodec.safeParse({ ...completed, event: failed.event }).success).toBe(false);
});

test("every event is listed", () => {
  expect([completed.event, failed.event]).toEqual(learningEvents);
});
