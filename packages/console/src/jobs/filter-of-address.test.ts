import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jobFilterOf, printFilter, readFilter, type AddressFilter } from "./filter-of-address.ts";
import { jobStates, unfinishedStates } from "./job-states.ts";

const word = fc.option(fc.string({ minLength: 1 }), { nil: undefined });
const filters: fc.Arbitrary<AddressFilter> = fc.record({
  states: fc.subarray([...jobStates]),
  kind: fc.constantFrom("ingest", "batch", undefined),
  userId: word,
  agentId: word,
  errorCode: word,
  items: fc.constantFrom("failed", undefined),
  within: fc.constantFrom("hour", "day", "week", undefined),
});
const readText = (query: string) => readFilter(new URLSearchParams(query));

describe("a filter in the address", () => {
  test("is read as it was printed, whatever its texts", () => {
    fc.assert(
      fc.property(filters, (filter) => {
        expect(readText(printFilter(filter))).toEqual(filter);
      }),
    );
  });

  test("has the unfinished jobs if it has nothing, and is then not in the address", () => {
    expect(readText("").states).toEqual(unfinishedStates);
    expect(printFilter(readText(""))).toBe("");
  });

  test("leaves out words that the console does not know", () => {
    expect(readText("state=failed,napping&kind=dream&within=year")).toMatchObject({
      states: ["failed"],
      kind: undefined,
      within: undefined,
    });
    expect(readText("state=napping").states).toEqual(unfinishedStates);
  });
});

test("the API gets the words of the address, and a period that ends now", () => {
  const filter = readText("state=failed,succeeded&user=ada&code=cancelled&items=failed&within=hour");
  expect(jobFilterOf(filter, Date.UTC(2026, 0, 1, 12))).toEqual({
    state: "failed,succeeded",
    user_id: "ada",
    error_code: "cancelled",
    has_failed_items: true,
    since: "2026-01-01T11:00:00.000Z",
  });
});
