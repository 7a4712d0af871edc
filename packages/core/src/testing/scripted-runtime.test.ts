import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TransportRequest } from "../client/transport.ts";
import { createScriptedClock } from "./scripted-clock.ts";
import { createScriptedRuntime } from "./scripted-runtime.ts";

const request: TransportRequest = {
  method: "GET",
  path: "/v1/ping",
  query: {},
  headers: {},
  body: undefined,
  timeoutMs: undefined,
  retry: "never",
  signal: undefined,
};

describe("the scripted clock", () => {
  test("for all sleeps, advances by exactly the delay and records it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 100_000 })), async (delays) => {
        const clock = createScriptedClock(0);
        for (const delayMs of delays) await clock.sleep(delayMs);
        expect(clock.now()).toBe(delays.reduce((sum, delayMs) => sum + delayMs, 0));
        expect(clock.sleeps).toEqual(delays);
      }),
    );
  });

  test("runs planned actions in the order of their times, each at its time", async () => {
    const clock = createScriptedClock(0);
    const done: [string, number][] = [];
    clock.at(30, () => done.push(["late", clock.now()]));
    clock.at(10, () => done.push(["early", clock.now()]));
    clock.at(10, () => done.push(["early too", clock.now()]));
    clock.at(31, () => done.push(["never", clock.now()]));
    await clock.sleep(30);
    expect(done).toEqual([
      ["early", 10],
      ["early too", 10],
      ["late", 30],
    ]);
  });

  test("stops a sleep when its signal aborts", async () => {
    const clock = createScriptedClock(0);
    const controller = new AbortController();
    clock.at(10, () => controller.abort());
    await clock.sleep(30, controller.signal);
    expect(clock.now()).toBe(10);
    await clock.sleep(30, controller.signal);
    expect(clock.now()).toBe(10);
  });

  test("can be set back", () => {
    const clock = createScriptedClock(1000);
    clock.set(400);
    expect(clock.now()).toBe(400);
  });

  test("refuses a wait that nothing would end", async () => {
    await expect(createScriptedClock().sleep(Infinity)).rejects.toThrow("nothing is planned");
  });
});

describe("the scripted transport", () => {
  test("answers in order, records the requests and takes the scripted time", async () => {
    const { transport, requests, now } = createScriptedRuntime([
      { json: { ok: true }, takesMs: 40 },
      { status: 503, text: "busy", headers: { "retry-after": "1" } },
    ]);
    const startMs = now();
    const first = await transport(request);
    expect([first.status, first.body, now() - startMs]).toEqual([200, '{"ok":true}', 40]);
    const second = await transport({ ...request, path: "/again" });
    expect([second.status, second.body, second.header("Retry-After")]).toEqual([503, "busy", "1"]);
    expect(requests.map(({ path }) => path)).toEqual(["/v1/ping", "/again"]);
  });

  test("for all replies, rejects with `timeout` exactly at the request's timeout, or answers before it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (takesMs, timeoutMs) => {
        const { transport, clock } = createScriptedRuntime([{ takesMs }], { clock: createScriptedClock(0) });
        const answer = await transport({ ...request, timeoutMs }).then(
          ({ status }) => status,
          (error: unknown) => error,
        );
        if (takesMs <= timeoutMs) expect(answer).toBe(200);
        else expect(answer).toMatchObject({ code: "timeout" });
        expect(clock.now()).toBe(Math.min(takesMs, timeoutMs));
      }),
    );
  });

  test("rejects with `aborted` when the signal aborts, and sends nothing if it has aborted before", async () => {
    const { transport, clock, requests } = createScriptedRuntime([{ takesMs: Infinity }], {
      clock: createScriptedClock(0),
    });
    const controller = new AbortController();
    clock.at(10, () => controller.abort("enough"));
    const aborted = { code: "aborted", cause: "enough" };
    await expect(transport({ ...request, signal: controller.signal })).rejects.toMatchObject(aborted);
    expect(clock.now()).toBe(10);
    await expect(transport({ ...request, signal: controller.signal })).rejects.toMatchObject(aborted);
    expect(requests).toHaveLength(1);
  });

  test("rejects with `network_error` if the script loses the connection", async () => {
    const { transport } = createScriptedRuntime([{ failure: "network_error" }]);
    await expect(transport(request)).rejects.toMatchObject({ code: "network_error" });
  });

  test("a request beyond the script is an error of the test, not of the network", async () => {
    const { transport } = createScriptedRuntime([]);
    await expect(transport(request)).rejects.toThrow("no reply to request 0");
  });
});
