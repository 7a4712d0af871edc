import { describe, expect, it } from "vitest";
import { statementOf } from "../statement/statement.ts";
import { createActiveStatements } from "./active-statements.ts";

const speaker = { role: "user", content: "", index: 0, eventId: null, saidAt: null };

/** Whether the second statement ends the first. */
function ends(earlier: string, later: string): boolean {
  const before = statementOf(earlier, speaker);
  return createActiveStatements([before]).endedBy(statementOf(later, speaker)).length > 0;
}

describe("another number for the same thing", () => {
  it.each([
    ["User coaches under-12s.", "User coaches the under-14s these days."],
    ["User is in their first year at Leeds.", "User is in second year now."],
    ["User teaches year 4 at a primary.", "User is with year 6 this year."],
    ["User's team has 12 people.", "User is 15 in the team now."],
    ["User wears size 42 shoes.", "User is a 43 in shoes now."],
  ])("ends the old one: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(true);
  });
  it.each([
    ["User has 2 cats.", "User has 4 cat toys now."],
    ["User works four days a week.", "User swims two days a week now."],
    ["User's son is in year 3.", "User's daughter is in year 5 now."],
    ["User coaches under-12s.", "User plays in an over-35s team now."],
  ])("ends nothing about another thing: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(false);
  });
});

describe("a state that has passed", () => {
  it.each([
    ["User's knee hurts when they run.", "User's knee is fine now."],
    ["User's laptop is broken.", "User's laptop is fixed."],
    ["User's boss is on maternity leave.", "User's boss is back from leave."],
    ["User's granddad lives in Galway.", "User's granddad passed away in spring."],
    ["User is in a wheelchair.", "User is walking again."],
    ["User is waiting for their visa.", "User's visa came through this morning."],
    ["User is looking for a flat in Ghent.", "User found a flat in Ghent."],
    ["User lives alone.", "User's boyfriend moved in."],
  ])("ends: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(true);
  });
  it.each([
    ["User's knee hurts when they run.", "User's elbow is fine now."],
    ["User is looking for investors.", "User got a temp job while they look for investors."],
    ["User needs a new laptop.", "User got a laptop bag."],
    ["User lives alone.", "User's friend moved in with her boyfriend."],
    ["User's mum is a doctor.", "User's mum retired as treasurer of her club."],
  ])("ends nothing else: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(false);
  });
});

describe("another tool for the same activity", () => {
  it.each([
    ["User writes with Scrivener.", "User does all their writing in Google Docs now."],
    ["User's wifi is with BT.", "User switched broadband to Sky."],
    ["User gets their groceries at Tesco.", "User shops at Lidl now."],
  ])("replaces the old one: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(true);
  });
  it("replaces none for another activity", () => {
    expect(ends("User writes with Scrivener.", "User draws in Procreate now.")).toBe(false);
  });
});

describe("an instruction to the assistant", () => {
  it("ends one that asks for the contrary", () => {
    const old = "User wants the assistant to always answer in bullet points.";
    expect(ends(old, "User wants the assistant to stop using bullet points with them.")).toBe(true);
    expect(ends(old, "User does not want the assistant to use emojis.")).toBe(false);
  });
});

describe("a wish about one aspect of answers", () => {
  it.each([
    ["User wants the assistant to keep its answers short.", "User prefers detailed explanations."],
    ["User wants the assistant to answer in German.", "User wants the assistant to answer in English."],
    ["User likes it when the assistant uses emojis.", "User does not want the assistant to use emojis."],
    ["User wants distances in miles in answers.", "User wants distances in km in answers."],
    ["User's name is Benny.", "User wants the assistant to call them Ben."],
  ])("replaces the older one: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(true);
  });
  it.each([
    ["User wants the assistant to keep its answers short.", "User wants the assistant to answer in English."],
    ["User wants the assistant to keep its answers short.", "User wants a long explanation this time."],
    ["User wants the assistant to answer in German.", "User wants the letter in English for the bank."],
    ["User likes long walks.", "User wants the assistant to keep its answers short."],
  ])("replaces none about another one, or for once: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(false);
  });
});

describe("an attribute with one value at a time", () => {
  it.each([
    ["User is on a Pixel 6.", "User got an iPhone."],
    ["User is 178 cm tall.", "User measured 175 cm at the doctor's."],
    ["User weighs 82 kg.", "User is down to 79 kg."],
    ["User goes to bed at midnight.", "User is asleep by ten most nights."],
    ["User's Spanish is A2.", "User reached B1 in Spanish."],
    ["User speaks basic Dutch.", "User is fluent in Dutch now."],
    ["User's accountant is Mr Berg.", "User has a new accountant."],
    ["User's wife is pregnant.", "User's daughter was born on Monday."],
  ])("gets another one: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(true);
  });
  it.each([
    ["User is on a Pixel 6.", "User bought an iPhone charger."],
    ["User is on a Pixel 6.", "User borrowed an iPhone."],
    ["User is on a Pixel 6.", "User has an iPhone for work."],
    ["User has car insurance with Allianz.", "User switched their dog insurance to Axa."],
    ["User speaks basic Dutch.", "User is fluent in Polish now."],
    ["User's Spanish is A2.", "User passed the B1 exam in Italian."],
    ["User weighs 82 kg.", "User's brother is down to 79 kg."],
    ["User goes to bed at midnight.", "User is in bed with the flu."],
  ])("keeps it beside another thing, kind or person: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(false);
  });
});

describe("a changed taste", () => {
  it.each([
    ["User hates mushrooms.", "User's mushrooms have grown on them."],
    ["User watches F1 every weekend.", "User has lost interest in F1."],
    ["User's son hates school.", "User's son loves school now."],
    ["User is allergic to penicillin.", "User is fine with penicillin after all."],
  ])("ends the old one: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(true);
  });
  it.each([
    ["User hates cooking.", "User cooked a nice dinner now."],
    ["User watches F1 every weekend.", "User has lost interest in tennis."],
    ["User hates mushrooms.", "User likes onions now."],
  ])("ends no other one: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(false);
  });
});

describe("a habit that has lapsed", () => {
  it("ends", () => {
    expect(ends("User bakes sourdough every weekend.", "User has not baked in months.")).toBe(true);
    expect(ends("User runs every morning.", "User has not swum in months.")).toBe(false);
  });
  it("may have a name that every object of JavaScript has, too", () => {
    expect(ends("User runs every morning.", "User has not constructor in months.")).toBe(false);
  });
});

describe("a word that only describes a thing", () => {
  it.each([
    ["User drives a Golf.", "User sold their golf clubs."],
    ["User's laptop is a Dell.", "User sold their Dell monitor."],
    ["User is learning the cello.", "User's cello teacher left the orchestra."],
    ["User goes to the gym.", "User's gym buddy quit smoking."],
    ["User plays chess.", "User lost a game of chess yesterday."],
  ])("does not end what it names: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(false);
  });
});
