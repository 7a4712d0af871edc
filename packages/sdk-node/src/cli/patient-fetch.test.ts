import { describe, expect, it } from "vitest";
import { createPatientFetch } from "./patient-fetch.ts";

function setUp(isInterrupted = false) {
  const reported: string[] = [];
  const world = { nowMs: 0, isUp: true };
  const fetch = createPatientFetch({
    fetch: () => (world.isUp ? new Response("ok") : Promise.reject(new Error("refused"))),
    now: () => world.nowMs,
    patienceMs: 60_000,
    signal: isInterrupted ? AbortSignal.abort() : new AbortController().signal,
    onTrouble: () => reported.push("trouble"),
    onLost: (error) => reported.push(`lost: ${String(error)}`),
  });
  const request = async () => {
    await Promise.resolve(fetch(new Request("http://memory.test"))).catch(() => {});
  };
  return { world, reported, request };
}

describe("a patient fetch", () => {
  it("reports trouble once, and again after an answer", async () => {
    const { world, reported, request } = setUp();
    await request();
    world.isUp = false;
    await request();
    await request();
    expect(reported).toEqual(["trouble"]);
    world.isUp = true;
    await request();
    world.isUp = false;
    await request();
    expect(reported).toEqual(["trouble", "trouble"]);
  });

  it("gives up when the server has not answered for the whole time, not earlier", async () => {
    const { world, reported, request } = setUp();
    await request();
    world.isUp = false;
    await request();
    world.nowMs = 59_999;
    await request();
    expect(reported).toEqual(["trouble"]);
    world.nowMs = 60_000;
    await request();
    expect(reported).toEqual(["trouble", "lost: Error: refused"]);
  });

  it("does not give up on a server that never answered", async () => {
    const { world, reported, request } = setUp();
    world.isUp = false;
    await request();
    world.nowMs = 120_000;
    await request();
    expect(reported).toEqual([]);
  });

  it("does not count an interruption as trouble", async () => {
    const { world, reported, request } = setUp(true);
    await request();
    world.isUp = false;
    await request();
    expect(reported).toEqual([]);
  });
});
