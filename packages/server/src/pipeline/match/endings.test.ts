import { describe, expect, it } from "vitest";
import { statementOf } from "../statement/statement.ts";
import { createActiveStatements } from "./active-statements.ts";

const speaker = { role: "user", content: "", index: 0, eventId: null, saidAt: null };

/** Whether the second statement ends the first. */
function ends(earlier: string, later: string): boolean {
  const before = statementOf(earlier, speaker);
  return createActiveStatements([before]).endedBy(statementOf(later, speaker)).length > 0;
}

describe("a thing that has ended", () => {
  it.each([
    ["User drives a 2009 Corolla.", "User sold the Corolla."],
    ["User's bike is a red Trek.", "User lost their bike."],
    ["User is learning Korean on Duolingo.", "User gave up on Korean, too many exams this term."],
    ["User subscribes to Netflix.", "User cancelled Netflix."],
    ["User works at Google.", "User left Google last month."],
    ["User is taking an evening course in bookkeeping.", "User dropped the bookkeeping course."],
    ["User is reading Middlemarch.", "User finished Middlemarch last night."],
    ["User's mail is on Gmail.", "User moved their email away from Gmail to Proton."],
    ["User uses an iPhone.", "User switched from iPhone to Android."],
    ["User has a ThinkPad.", "User swapped their ThinkPad for a MacBook."],
    ["User drinks coffee every morning.", "User drinks tea instead of coffee."],
    ["User is engaged to Sam.", "User broke up with Sam."],
    ["User is flying to Rome on Friday.", "User is not going to Rome."],
    ["User is looking for an apartment.", "User found an apartment."],
    ["User keeps a bonsai on their desk.", "User's bonsai died while they were away."],
    ["User is pregnant.", "User gave birth last week."],
    ["User rents an apartment.", "User bought a house."],
    ["User supports Arsenal.", "User is no longer an Arsenal fan."],
    ["User works at Bosch.", "User left Bosch."],
    ["User plays in a brass band.", "User left the band."],
    ["User is a practising Catholic and goes to church.", "User left the church this spring."],
    ["User's family car is a 2012 Skoda Octavia.", "User sold the octavia."],
  ])("ends a statement about it: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(true);
  });

  it.each([
    ["User lives in the city.", "User moved to the city when they got older."],
    ["User's favorite thing is tea.", "User's favorite thing is to travel."],
    ["User works at a coffee shop.", "User gave up coffee."],
    ["User lives near the gym.", "User quit the gym."],
    ["User plays the violin.", "User stopped the flute."],
    ["User has a new car.", "User sold their old motorbike."],
    ["User's sister works at Google.", "User left Google last month."],
    ["User's sister is at Google.", "User left Google last month."],
    ["User is from Rome.", "User is not going to Rome."],
    ["User wants a dog.", "User sold their dog house."],
    ["User has been to Rome.", "User left Rome yesterday."],
    ["User is reading Dune.", "User finished Middlemarch."],
    ["User uses Notion.", "User will switch from Notion to Obsidian."],
    ["User works in an office.", "User left the office."],
    ["User lives in the city.", "User left the city for the weekend."],
    ["User sings alto in a choir.", "User left choir early tonight."],
    ["User has a dog named Rex.", "User left the dog with Anna."],
    ["User heats the house with a wood stove.", "User's in-laws ripped their wood stove out."],
    ["User commutes on a Brompton.", "User replaced the saddle on the Brompton."],
    ["User's book club meets every Tuesday.", "User's book club got called off."],
    ["User writes a newsletter.", "User went from weekly to monthly with the newsletter."],
    ["User manages a wine bar.", "User is off alcohol until March."],
    ["User works part time in a library.", "User took on a new job in the evenings."],
    ["User's dog is called Frank.", "Frank ate User's lunch off the table."],
  ])("keeps a statement about something else: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(false);
  });
});

describe("a statement that says what is true now", () => {
  it.each([
    ["User uses Notion for notes.", "User uses Obsidian for notes now."],
    ["User takes the bus to work.", "User cycles to work these days."],
    ["User drives a Honda Civic.", "User drives a Tesla now."],
    ["User goes to yoga on Mondays.", "User goes to yoga on Thursdays now."],
    ["User has three employees.", "User has five employees now."],
    ["User lives with a roommate.", "User lives alone now."],
    ["User prefers tea.", "User prefers coffee now."],
    ["User never eats breakfast.", "User eats breakfast every day now."],
    ["User can not run because of their knee.", "User can run again."],
  ])("replaces a statement that differs in one part: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(true);
  });

  it.each([
    ["User likes tea.", "User likes coffee now."],
    ["User speaks French.", "User speaks German now."],
    ["User has a dog.", "User has a cat now."],
    ["User plays chess with Tom.", "User plays chess with Ann now."],
    ["User lives in Rome.", "User lives alone now."],
    ["User uses Notion for notes.", "User uses Obsidian for drawings now."],
    ["User's mother lives in Peru.", "User's father lives in Chile now."],
    ["User does not eat meat on Fridays.", "User eats meat again."],
    ["User used to drive a Honda.", "User drives a Tesla now."],
    ["User rents a flat.", "User bought a small holiday home."],
  ])("keeps a statement that can be true at the same time: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(false);
  });
});
