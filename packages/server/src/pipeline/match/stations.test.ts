import { describe, expect, it } from "vitest";
import { statementOf } from "../statement/statement.ts";
import { createActiveStatements } from "./active-statements.ts";

const speaker = { role: "user", content: "", index: 0, eventId: null, saidAt: null };

/** Whether the second statement ends the first. */
function ends(earlier: string, later: string): boolean {
  const before = statementOf(earlier, speaker);
  return createActiveStatements([before]).endedBy(statementOf(later, speaker)).length > 0;
}

/** Whether the second statement repeats the first. */
function repeats(earlier: string, later: string): boolean {
  const before = statementOf(earlier, speaker);
  return createActiveStatements([before]).repeatedBy(statementOf(later, speaker)) === before;
}

describe("the next station of a life", () => {
  it.each([
    ["User lives in Porto.", "User finally settled in Braga."],
    ["User has lived in Cork since 2011.", "User relocated to Galway."],
    ["User shares a flat with two students.", "User got their own apartment near the river."],
    ["User rents a one-bedroom above a bakery.", "User closed on a house in Tampere."],
    ["User shares a house with three others.", "User's housemates moved out."],
    ["User is a junior nurse at St James.", "User was named head nurse last week."],
    ["User is single.", "User's boyfriend Olek is a baker."],
    ["User is studying History at Leeds.", "User is officially a Law student."],
    ["User's granny lives alone in Split.", "User brought granny over to live with User in Graz."],
    ["User uses Vodafone for calls.", "User ported to Orange."],
  ])("ends the one before: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(true);
  });
  it.each([
    ["User lives in Porto.", "User settled in well at work."],
    ["User lives in Porto.", "User bought a house."],
    ["User rents a flat in Porto.", "User bought a holiday home in Faro."],
    ["User shares a flat with two students.", "User got a house plant."],
    ["User is a nurse at St James.", "User was named secretary of the chess club."],
    ["User is single.", "User's girlfriend left them."],
    ["User lives in Graz.", "User brought granny over to live with User in Graz."],
    ["User rents a car on holidays.", "User got their own apartment."],
  ])("leaves what may still be true: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(false);
  });
});

describe("an age", () => {
  it("ends a smaller one of the same being", () => {
    expect(ends("User's cat Miso is five months old.", "Miso turned three today.")).toBe(true);
    expect(ends("User's collie cross Bran is two years old.", "Bran turned four.")).toBe(true);
  });
  it("ends no greater one, and none of another being", () => {
    expect(ends("User's horse Bo is nine years old.", "Bo turned five.")).toBe(false);
    expect(ends("User's cat Miso is five months old.", "Bran turned three today.")).toBe(false);
  });
});

describe("what happened to a thing", () => {
  it.each([
    ["User works at Lidl on Sundays.", "User handed in their Lidl badge."],
    ["User has an allotment.", "User handed the allotment keys back to the council."],
    ["User takes one statin every evening.", "User's doctor stopped their statin."],
    ["User drives the late tram.", "Marek took over their late tram in May."],
    ["User chops everything with their Wusthof.", "User's Wusthof sleeps in the drawer."],
    ["User has stitches till Friday.", "User's stitches came off today."],
    ["User takes two spoons of honey in their tea.", "User drinks tea without honey now."],
    ["User wants to be a pilot when they grow up.", "User would rather be a nurse than a pilot."],
    ["User drums in the parade every May.", "User has left the drumming group."],
    ["User rows every morning.", "User's shoulders are not allowing rowing."],
    ["User smokes a pack of cigarettes a day.", "User has not had a cigarette in six months."],
    ["User has a season ticket at Anfield.", "User did not renew at Anfield this year."],
    ["User's family car is a Saab 900.", "User sold the saab."],
  ])("ends what the user does with it: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(true);
  });
  it.each([
    ["User has a house.", "User's parents took over their house."],
    ["User works at Lidl on Sundays.", "User handed in their school badge."],
    ["User has a drum kit in the attic.", "User's guitar is in the attic."],
    ["User takes one statin every evening.", "User's doctor stopped their aspirin."],
    ["User wants to be a nurse.", "User would rather be a nurse than a pilot."],
    ["User takes sugar in their tea.", "User drinks tea without milk now."],
  ])("leaves everything else: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(false);
  });
});

describe("another wording of the same", () => {
  it.each([
    ["User's manager's name is Olga.", "User reports to Olga."],
    ["User is scared of wasps.", "User has a massive phobia of wasps."],
    ["User is a welder.", "User is a welder by trade."],
  ])("repeats it: %j, %j", (earlier, later) => {
    expect(repeats(earlier, later)).toBe(true);
  });
});
