import { describe, expect, it } from "vitest";
import { statementOf } from "../statement/statement.ts";
import { createActiveStatements } from "./active-statements.ts";

const speaker = { role: "user", content: "", index: 0, eventId: null, saidAt: null };

/** Whether the second statement ends the first. */
function ends(earlier: string, later: string): boolean {
  const before = statementOf(earlier, speaker);
  return createActiveStatements([before]).endedBy(statementOf(later, speaker)).length > 0;
}

describe("a statement with a word of ending", () => {
  it.each([
    ["User does night shifts at the Tesco in Swindon.", "User handed their notice in at Tesco."],
    ["User has a Zafira, seven seats.", "User part exchanged the Zafira last week."],
    ["User is going to Crete in September.", "Crete is off."],
    ["User's site is hosted on Heroku.", "User migrated the site off Heroku onto Hetzner."],
    ["User's rabbit Thumper lives in the kitchen.", "User lost Thumper at the weekend."],
    ["User has braces.", "User's braces came off today."],
    ["User is training for a marathon.", "User's marathon is cancelled on doctor's orders."],
    ["User is taking an Italian course.", "User finished an Italian course."],
    ["User goes to PureGym.", "User cancelled PureGym this morning."],
    ["User has never been abroad.", "User is back from their first time abroad."],
    ["User's favourite takeaway is Thai.", "Ethiopian has knocked Thai off the top spot for them."],
    ["User's book group meets on Tuesdays.", "User's book group has been moved to Thursdays."],
  ])("ends a statement about its topic: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(true);
  });

  it.each([
    ["User works at Siemens.", "User's friend Ole quit Siemens."],
    ["User has a Tesla.", "User's brother swapped his Tesla for a bike."],
    ["User reports to Ilse.", "Ilse is moving to a bigger office next week."],
    ["User has a beagle.", "User's neighbours' beagle died."],
    ["User loves Bergen.", "User left Bergen for a week."],
    ["User lives in Rome.", "User nearly moved away from Rome."],
    ["User has a Fairphone.", "User also uses a Samsung now."],
    ["User does not eat meat on Fridays.", "User eats meat again."],
    ["User goes to Pilates on Tuesdays.", "Pilates was cancelled today."],
    ["User wears glasses.", "User left their glasses on the bus."],
    ["User collects stamps.", "User ran out of stamps."],
    ["User has an exam in June.", "User finished one exam."],
    ["User plays squash with Ahmed.", "User lost at squash."],
    ["User runs the village shop.", "User's shop in the next village has closed down."],
    ["User is on a diet.", "User broke their diet with a slice of cake."],
    ["User swims at the lido.", "User's lido ended the season with a party."],
    ["User is a member of the golf club.", "User left their umbrella at the golf club."],
    ["User has a boat on the canal.", "User's canal is closed for repairs."],
    ["User's saxophone is at the studio.", "User sold the studio."],
    ["User's allotment is next to the brewery.", "User's brewery has closed down."],
    ["User has a campervan.", "User sold the motorbike to afford the campervan."],
    ["User has a greenhouse.", "User got rid of the shed after the greenhouse was built."],
  ])("keeps a statement that may still be true: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(false);
  });
});

describe("a new value of a property", () => {
  it.each([
    ["User is on a Pixel 6.", "User got their new phone today, iPhone 15."],
    ["User weighs 92 kg.", "User now weighs 84 kilos."],
    ["User rents from Mrs Abernathy.", "User's new landlord is some company called Brickvest."],
    ["User is 30 weeks pregnant.", "User's baby arrived on Tuesday."],
  ])("ends the old one, whatever its words: %j, %j", (earlier, later) => {
    expect(ends(earlier, later)).toBe(true);
  });
});

describe("a statement about another person", () => {
  it("ends what the same words would end if both were about the user", () => {
    expect(ends("User's son Yusuf goes to St Anne's primary.", "Yusuf changed schools after Easter.")).toBe(
      true,
    );
    expect(ends("User's brother Liam is in the army.", "Liam left the army.")).toBe(true);
  });

  it("ends nothing about somebody else", () => {
    expect(ends("User's son Emeka goes to St Anne's primary.", "Yusuf changed schools after Easter.")).toBe(
      false,
    );
    expect(ends("User is in the army.", "Liam left the army.")).toBe(false);
  });
});
