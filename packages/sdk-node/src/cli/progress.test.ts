import { PassThrough } from "node:stream";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderBar } from "./progress-bar.ts";
import { createProgressLines } from "./progress-lines.ts";

const terminal = (columns: number) => Object.assign(new PassThrough(), { columns });

describe("renderBar", () => {
  it("shows how much is done", () => {
    expect(renderBar(0.5, "50 lines", terminal(61))).toBe("━━━━━━━━━━──────────  50 %  50 lines");
    expect(renderBar(1, "100 lines", terminal(200))).toBe(`${"━".repeat(30)} 100 %  100 lines`);
  });

  it("shows only the text if the total is unknown", () => {
    expect(renderBar(undefined, "50 lines", terminal(80))).toBe("50 lines");
  });

  it("never fills the last column", () => {
    const fraction = fc.option(fc.double({ min: -1, max: 2, noNaN: true }), { nil: undefined });
    fc.assert(
      fc.property(fraction, fc.string(), fc.nat(200), (share, text, columns) => {
        expect(renderBar(share, text, terminal(columns)).length).toBeLessThanOrEqual(
          Math.max(0, columns - 1),
        );
      }),
    );
  });
});

describe("createProgressLines", () => {
  it("writes a line now and then", () => {
    const output = new PassThrough({ encoding: "utf8" });
    let nowMs = 0;
    const view = createProgressLines(output, () => nowMs);
    for (nowMs = 0; nowMs <= 10_000; nowMs += 100) view.update(nowMs / 10_000, `${nowMs / 100} lines`);
    view.notice("Waiting.");
    view.update(undefined, "more");
    nowMs += 5000;
    view.update(undefined, "more");
    expect(output.read()).toBe("50 %, 50 lines\n100 %, 100 lines\nWaiting.\nmore\n");
  });
});
