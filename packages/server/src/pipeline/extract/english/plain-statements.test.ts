import { describe, expect, it } from "vitest";
import { normaliseMessages } from "../../normalise/normalise-messages.ts";
import { createOfflineExtractor } from "./offline-extractor.ts";

const extractor = createOfflineExtractor();

async function heardIn(content: string): Promise<readonly string[]> {
  const { statements } = await extractor.extract(normaliseMessages([{ role: "user", content }]), {});
  return statements.filter(({ onlyAsSuccessor }) => onlyAsSuccessor !== true).map(({ text }) => text);
}

describe("the offline extractor hears", () => {
  it.each([
    ["We rent a cottage near Whitby.", "User rents a cottage near Whitby."],
    ["We farm sheep outside Hawick.", "User farms sheep outside Hawick."],
    ["I grill every Sunday in summer.", "User grills every Sunday in summer."],
  ])("a verb after a pronoun that looks like a noun: %j", async (said, expected) => {
    expect(await heardIn(said)).toContain(expected);
  });

  it.each([
    ["My youngest is in reception.", "User's youngest is in reception."],
    ["Our eldest, Nils, is at sea school.", "User's eldest, Nils, is at sea school."],
    ["Marmalade, our ginger cat, is ten years old.", "User's ginger cat Marmalade is ten years old."],
  ])("a subject without a noun, or with a name beside it: %j", async (said, expected) => {
    expect(await heardIn(said)).toContain(expected);
  });

  it.each([
    ["My knee's dodgy.", "User's knee is dodgy."],
    ["My shop's on Bold Street.", "User's shop is on Bold Street."],
    ["My brother's learning Welsh.", "User's brother is learning Welsh."],
  ])("an is that is shortened: %j", async (said, expected) => {
    expect(await heardIn(said)).toContain(expected);
  });

  it.each([
    ["Grandpa's blind in one eye.", "User's grandpa is blind in one eye."],
    ["Papa sings in the opera choir.", "User's papa sings in the opera choir."],
    ["Priya's allergic to latex.", "Priya is allergic to latex."],
    ["Nadia's brother plays for Hull.", "Nadia's brother plays for Hull."],
    ["Ines is on our committee.", "Ines is on User's committee."],
  ])("what is said of people whom the user names: %j", async (said, expected) => {
    expect(await heardIn(said)).toContain(expected);
  });

  it.each([
    ["The bakery is two streets from our house.", "The bakery is two streets from User's house."],
    ["The pike dumpling is our signature.", "User's signature is the pike dumpling."],
    ["Choir practice is on Thursdays.", "User's choir practice is on Thursdays."],
    ["The daily standup is at 9:15 Lisbon time.", "User's daily standup is at 9:15 Lisbon time."],
  ])("what things have to do with the user: %j", async (said, expected) => {
    expect(await heardIn(said)).toContain(expected);
  });

  it.each([
    ["Can't abide liquorice.", "User can not abide liquorice."],
    ["Don't own a car.", "User does not own a car."],
    ["Haven't smoked since 2019.", "User has not smoked since 2019."],
    ["teaching myself the cello", "User is teaching themselves the cello."],
    ["Renting a room in Cork with two friends.", "User is renting a room in Cork with two friends."],
    ["Swapped coffee for green tea.", "User swapped coffee for green tea."],
    ["Went with brown for prom, what shoes suit it?", "User went with brown for prom."],
    ["Saturdays I sell pies at the market.", "User sells pies at the market on Saturdays."],
  ])("a note without a subject: %j", async (said, expected) => {
    expect(await heardIn(said)).toContain(expected);
  });

  it.each([
    ["They've tripled my ramipril to 10.", "User's ramipril was tripled to 10."],
    ["My boss cut our canteen.", "User's canteen was cut."],
    ["Aldi hired me last week!", "User was hired by Aldi last week."],
    ["Starting this week they put me on nights.", "User is on nights."],
  ])("what others did to the user or the user's things: %j", async (said, expected) => {
    expect(await heardIn(said)).toContain(expected);
  });

  it.each([
    ["I'm the one paying the rent.", "User is paying the rent."],
    ["Rust is the language I use at work.", "User uses Rust at work."],
    ["I cut everything with my Sabatier.", "User cuts everything with their Sabatier."],
    [
      "My orchard keeps me busy four mornings a week.",
      "User's orchard keeps User busy four mornings a week.",
    ],
    ["I'd rather be a paramedic than a vet.", "User would rather be a paramedic than a vet."],
    ["I'm sleeping on my uncle's sofa for this session.", "User is sleeping on their uncle's sofa."],
    ["I work out of the garage.", "User works out of the garage."],
  ])("what other filters took for talk: %j", async (said, expected) => {
    expect(await heardIn(said)).toContain(expected);
  });

  it.each([
    ["Junior florist at a shop in Ghent.", "User is a junior florist at a shop in Ghent."],
    ["lifelong Everton fan here", "User is a lifelong Everton fan."],
    ["Third year of marine biology here, send help", "User is in their third year of marine biology."],
    ["Raised in Tromsø.", "User was raised in Tromsø."],
    ["no kids, my flat is too small", "User has no kids."],
    ["not vegan, never was", "User is not vegan."],
    ["only drink decaf", "User only drinks decaf."],
    ["three of us share a house in Lille", "User shares a house in Lille."],
    ["the youngest just started school", "User's youngest started school."],
    ["New puppy is called Pip.", "User's new puppy is called Pip."],
  ])("a note without a verb, or without a whose: %j", async (said, expected) => {
    expect(await heardIn(said)).toContain(expected);
  });

  it.each([
    ["Home for me is Bergen.", "User's home is Bergen."],
    ["Fado is what I listen to when I drive.", "User listens to Fado when they drive."],
    ["Lviv is where I grew up.", "User grew up in Lviv."],
    ["Beekeeping is my main hobby.", "User's main hobby is beekeeping."],
    ["All my recipes live in Notion.", "User's recipes live in Notion."],
    ["My twins, Edda and Jon, are in first grade.", "User's twins, Edda and Jon, are in first grade."],
    ["Going to Malta in June to see the old harbours.", "User is going to Malta in June."],
    ["We've put aside 900 pounds.", "User has put aside 900 pounds."],
    ["I like it when you use puns.", "User likes it when the assistant uses puns."],
    ["I prefer you to be blunt with me.", "User prefers the assistant to be blunt with them."],
  ])("a sentence turned round, or with more before or after it: %j", async (said, expected) => {
    expect(await heardIn(said)).toContain(expected);
  });

  it.each([
    ["The boiler broke.", "User's boiler broke."],
    ["deposit is 1,200 pounds", "User's deposit is 1,200 pounds."],
    ["The bakery runs on solar power.", "User's bakery runs on solar power."],
    ["shoulder is healed", "User's shoulder is healed."],
    ["The ceremony will be in a chapel near Sligo.", "User's ceremony will be in a chapel near Sligo."],
    ["Head chef is Malu.", "User's head chef is Malu."],
    ["The ceiling of our hall is painted.", "The ceiling of User's hall is painted."],
    ["Most of my students are adults.", "Most of User's students are adults."],
  ])("the user's own things without a my: %j", async (said, expected) => {
    expect(await heardIn(said)).toContain(expected);
  });

  it.each([
    ["We got the keys to a cottage in Fife.", "User got the keys to a cottage in Fife."],
    ["We're on Ruby 2.7 at work.", "User is on Ruby 2.7 at work."],
    ["we ported the shop to Rails", "User ported the shop to Rails."],
    ["We've called the foal Comet.", "User has called the foal Comet."],
    ["We live on a hill.", "User lives on a hill."],
    ["We are vegan.", "User is vegan."],
    ["We do not eat pork.", "User does not eat pork."],
    ["We have been renting for years.", "User has been renting for years."],
  ])("what a household or a team does: %j", async (said, expected) => {
    expect(await heardIn(said)).toContain(expected);
  });

  it.each([
    ["About once a week I bake bread.", "User bakes bread about once a week."],
    ["As a diabetic I have to avoid juice.", "User has to avoid juice as a diabetic."],
    ["With my new job I drive to Leeds.", "User drives to Leeds with their new job."],
    ["One day we'd love to live in Crete.", "User wants to live in Crete one day."],
  ])("words in front of the subject: %j", async (said, expected) => {
    expect(await heardIn(said)).toContain(expected);
  });

  it.each([
    ["Ruth wears hearing aids.", "Ruth wears hearing aids."],
    ["Ivo turned six on Sunday.", "Ivo turned six on Sunday."],
    ["Coach Brandt quit in May.", "Coach Brandt quit in May."],
    ["Pepper the rabbit died last night.", "User's rabbit Pepper died last night."],
  ])("what people do whom the user names: %j", async (said, expected) => {
    expect(await heardIn(said)).toContain(expected);
  });

  it.each([
    ["There are three canaries in our kitchen.", "User has three canaries in their kitchen."],
    ["There will be nine of us at Passover.", "User's Passover has nine people."],
    ["We're a company of 40 people.", "User's company has 40 people."],
    ["Two spoons of honey in my tea.", "User has two spoons of honey in their tea."],
    ["12 years left on the loan", "User has 12 years left on the loan."],
    ["half marathon PB 1:48", "User's half marathon PB is 1:48."],
    ["Main supplier: Brix, Ghent.", "User's main supplier is Brix, Ghent."],
    ["Three weeks without a beer.", "User has not had a beer for three weeks."],
  ])("how many there are, and measures: %j", async (said, expected) => {
    expect(await heardIn(said)).toContain(expected);
  });

  it.each([
    ["never been on a plane", "User has never been on a plane."],
    ["Have given up cheese.", "User has given up cheese."],
    ["gone back to film cameras", "User has gone back to film cameras."],
    ["scared of heights", "User is scared of heights."],
    ["We cut over to Kafka on Monday.", "User cut over to Kafka on Monday."],
    ["I cut down every January.", "User cuts down every January."],
  ])("a note about the past, or with a verb that has one form: %j", async (said, expected) => {
    expect(await heardIn(said)).toContain(expected);
  });

  it.each([
    "Chef for hire.",
    "Driver for the printer is missing.",
    "Born in 1990 to a painter, he became king.",
    "Watching the game with friends.",
    "Everything is on my desk.",
    "Harry Potter's mother died for him.",
    "Just taking a walk.",
    "No pets allowed.",
    "Mum says hi!",
    "Working at night is hard.",
    "Baking cookies relaxes everyone.",
    "Looking for a good sushi place.",
    "Didn't work, same error.",
    "Can't you do it?",
    "My mom's house.",
    "Christmas is on a Monday.",
    "The time is 9:30.",
    "They loved my cake.",
    "Kubernetes uses etcd.",
    "Writing a poem about the sea is what he does.",
    "Don't use emojis.",
    "The book I read is long.",
    "Insurance is expensive.",
    "The party was great fun.",
    "Answer is 42.",
    "Water is wet, he says.",
    "She is a nurse.",
    "The opportunity to serve is great.",
    "We had a great time together.",
    "Docker runs in a machine on his laptop.",
  ])("nothing in %j", async (said) => {
    expect((await heardIn(said)).filter((text) => !text.includes("emojis"))).toEqual([]);
  });
});
