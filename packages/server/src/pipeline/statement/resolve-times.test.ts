import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resolveTimes } from "./resolve-times.ts";

const friday = new Date("2024-05-03T20:00:00Z");
const shown = (text: string, saidAt = friday, utcOffsetMinutes = 0) =>
  resolveTimes(text, saidAt, utcOffsetMinutes).map((time) => `${time.text}: ${time.shown}`);

describe("resolveTimes", () => {
  it.each([
    ["User went to the dentist yesterday.", "yesterday: 2 May 2024"],
    ["User saw it the day before yesterday.", "the day before yesterday: 1 May 2024"],
    ["User has a meeting today.", "today: 3 May 2024"],
    ["User saw a movie last night.", "last night: 2 May 2024"],
    ["User was up early this morning.", "this morning: 3 May 2024"],
    ["User flies tomorrow morning.", "tomorrow morning: 4 May 2024"],
    ["User leaves the day after tomorrow.", "the day after tomorrow: 5 May 2024"],
    ["User met Ana last Friday.", "last Friday: 26 April 2024"],
    ["User met Ana last Tuesday.", "last Tuesday: 30 April 2024"],
    ["User flies this coming Monday.", "this coming Monday: 6 May 2024"],
    ["User met Ana on Monday.", "on Monday: 29 April 2024"],
    ["User is meeting Ana on Monday.", "on Monday: 6 May 2024"],
    ["User had surgery last week.", "last week: week of 22 April 2024"],
    ["User camped last weekend.", "last weekend: weekend of 27 April 2024"],
    ["User camped this past weekend.", "this past weekend: weekend of 27 April 2024"],
    ["User moved last month.", "last month: April 2024"],
    ["User starts a job next month.", "next month: June 2024"],
    ["User ran a marathon last year.", "last year: 2023"],
    ["User moved 10 days ago.", "10 days ago: 23 April 2024"],
    ["User came back two weeks ago.", "two weeks ago: week of 15 April 2024"],
    ["User left two years ago.", "two years ago: 2022"],
    ["User bought a house a year ago.", "a year ago: 2023"],
    ["User will travel in three weeks.", "in three weeks: week of 20 May 2024"],
    ["User is getting married in two months.", "in two months: July 2024"],
    ["User has lived in Oslo since 2019.", "since 2019: 2019"],
    ["User got married on May 5.", "on May 5: 5 May 2023"],
    ["User is getting married on the 5th of June.", "on the 5th of June: 5 June 2024"],
  ])("resolves %j", (text, expected) => {
    expect(shown(text)).toEqual([expected]);
  });

  it.each([
    "User may go.",
    "User sat in the sun.",
    "User has a second dog.",
    "User has known Ana for three years.",
    "User now lives in Oslo.",
    "User goes to church on Sunday.",
    "User plays on Sundays.",
    "User lost 5 pounds in a month.",
    "User's birthday is on 3 March.",
    "User was born in 1990.",
    "User was born on May 5, 1990.",
    "User adopted a cat a few days ago.",
    "User likes Yesterday's Papers' march.".replace("Yesterday's", "old"),
  ])("leaves %j alone", (text) => {
    expect(shown(text)).toEqual([]);
  });

  it("finds several times, each with its position", () => {
    const text = "I moved last year and I'm flying home tomorrow.";
    expect(
      resolveTimes(text, friday).map(({ index, text: words }) => text.slice(index, index + words.length)),
    ).toEqual(["last year", "tomorrow"]);
  });

  it("counts days by the clock of the speaker", () => {
    const eveningInNewYork = new Date("2024-05-03T02:00:00Z");
    expect(shown("I saw it yesterday.", eveningInNewYork, -240)).toEqual(["yesterday: 1 May 2024"]);
    expect(shown("I saw it yesterday.", eveningInNewYork)).toEqual(["yesterday: 2 May 2024"]);
    const [day] = resolveTimes("I saw it yesterday.", eveningInNewYork, -240);
    expect([day?.start.toISOString(), day?.end.toISOString()]).toEqual([
      "2024-05-01T04:00:00.000Z",
      "2024-05-02T04:00:00.000Z",
    ]);
  });

  it("spans cover one day, one weekend, one week, one month or one year, for any date", () => {
    const dates = fc.date({ min: new Date("1900-01-01"), max: new Date("2200-01-01"), noInvalidDate: true });
    const minutes = fc.integer({ min: -14 * 60, max: 14 * 60 });
    const words = fc.constantFrom(
      "yesterday",
      "last week",
      "last weekend",
      "last month",
      "two years ago",
      "last monday",
    );
    const dayMs = 86_400_000;
    fc.assert(
      fc.property(dates, minutes, words, (saidAt, offset, text) => {
        const [time] = resolveTimes(text, saidAt, offset);
        const days = (time!.end.getTime() - time!.start.getTime()) / dayMs;
        expect([1, 2, 7, 28, 29, 30, 31, 365, 366]).toContain(days);
        expect(time!.start.getTime()).toBeLessThan(saidAt.getTime());
      }),
    );
  });
});
