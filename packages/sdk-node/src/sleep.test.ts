import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sleep } from "./sleep.ts";

describe("sleep", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("ends after the delay", async () => {
    const slept = sleep(1000);
    await vi.advanceTimersByTimeAsync(1000);
    await slept;
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends when the signal aborts, before or during the delay, without an error", async () => {
    const controller = new AbortController();
    const slept = sleep(1000, controller.signal);
    controller.abort();
    await slept;
    await sleep(1000, controller.signal);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("does not end at once if the delay is longer than a timer allows", async () => {
    let isOver = false;
    void sleep(2 ** 40).then(() => (isOver = true));
    await vi.advanceTimersByTimeAsync(1_000_000);
    expect(isOver).toBe(false);
  });
});
