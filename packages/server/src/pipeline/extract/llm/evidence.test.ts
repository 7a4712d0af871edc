import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createEvidence } from "./evidence.ts";

const isSupported = createEvidence();

const said = (content: string) => [
  {
    role: "user",
    speaker: "user" as const,
    content,
    ownContent: content,
    saidAt: new Date("2026-03-01"),
    eventId: null,
    index: 0,
  },
];

test.each([
  ["I'm Sam and I live in Oslo", "User lives in Oslo."],
  ["my dogs are called rex and bo", "User's dog is called Rex."],
  ["I turned 30", "User is 30."],
  ["Ich wohne in Köln und habe einen Hund", "User wohnt in Köln."],
  ["我住在北京", "User 住在北京。"],
  ["אני גר בתל אביב", "User גר בתל אביב."],
])("%j supports %j", (content, statement) => {
  expect(isSupported(statement, said(content))).toBe(true);
});

test.each([
  ["I live in Oslo", "User likes to ski."],
  ["I live in Oslo", "User lives in Bergen."],
  ["I have two dogs", "User has 2 dogs."],
  ["I have a dog", "User has a dog named Max."],
  ["It is what it is", "User is."],
  ["I have a dog", "User has a house."],
  ["我住在北京", "User 住在 Shanghai。"],
])("%j does not support %j", (content, statement) => {
  expect(isSupported(statement, said(content))).toBe(false);
});

test("for any deed, what the user says is supported and its opposite is not", () => {
  const verb = fc.constantFrom("eat", "drink", "cook", "sell", "draw", "collect", "play", "own");
  const thing = fc.constantFrom("meat", "coffee", "bread", "boats", "portraits", "chess", "stamps", "music");
  const before = fc.constantFrom("", "Hi! ", "Well, ", "I live in Oslo, and ", "I'm not tall, but ", "No, ");
  const after = fc.constantFrom("", ".", "!", " at home", ". I love tea.", ", but I love tea");
  const not = fc.constantFrom("don't", "do not", "never", "dont", "don’t really", "will not");
  fc.assert(
    fc.property(verb, thing, before, after, not, (does, what, start, end, denial) => {
      const yes = said(`${start}I ${does} ${what}${end}`);
      const no = said(`${start}I ${denial} ${does} ${what}${end}`);
      expect(isSupported(`User ${does}s ${what}.`, yes)).toBe(true);
      expect(isSupported(`User ${does}s ${what}.`, no)).toBe(false);
      expect(isSupported(`User does not ${does} ${what}.`, no)).toBe(true);
      expect(isSupported(`User doesn't ${does} ${what}.`, yes)).toBe(false);
      expect(isSupported(`User never ${does}s ${what}.`, yes)).toBe(false);
    }),
  );
});

test("does not throw for any statement and any message", () => {
  const piece = fc.constantFrom(
    "not ",
    "I ",
    "no, ",
    "2026-02-31 ",
    "yesterday ",
    "\u0000",
    "n't",
    "不",
    "?",
    ". ",
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(piece).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(text, text, (content, statement) => {
      isSupported(`User ${statement}`, said(content));
    }),
  );
});

describe("on Sunday, 1 March 2026, a computed date is supported", () => {
  test.each([
    ["I went skiing", "User went skiing on 2026-03-01."],
    ["I went skiing yesterday", "User went skiing on 2026-02-28."],
    ["I went skiing yesterday", "User went skiing on February 28, 2026."],
    ["I went skiing yesterday", "User went skiing on 28 February 2026."],
    ["I went skiing yesterday", "User went skiing on Feb 28."],
    ["I went skiing yesterday", "User went skiing on Saturday."],
    ["Yesterday I moved to Oslo with 2 cats", "User moved to Oslo with 2 cats on 2026-02-28."],
    ["I moved two weeks ago", "User moved on 2026-02-15."],
    ["I moved last month", "User moved in February 2026."],
    ["I moved last month", "User moved in 2026-02."],
    ["I moved last year", "User moved in 2025."],
    ["I moved three years ago", "User moved in 2023."],
    ["We marry in three weeks", "User marries on 2026-03-22, and so we marry."],
    ["I moved last Friday", "User moved on 2026-02-27."],
    ["I moved on Monday", "User moved on 2026-02-23."],
    ["I moved on Monday", "User moved on 2026-03-02."],
    ["I moved last night", "User moved on 28.02.2026."],
    ["Ich bin gestern umgezogen", "User ist am 2026-02-28 umgezogen."],
    ["Je suis arrivé hier", "User est arrivé le 28 février 2026."],
    ["昨日引っ越した", "User は2026-02-28に引っ越した。"],
  ])("%j: %j", (content, statement) => {
    expect(isSupported(statement, said(content))).toBe(true);
  });

  test.each([
    ["I went skiing yesterday", "User went skiing on 2026-02-27."],
    ["I went skiing yesterday", "User went skiing with 28 friends."],
    ["I went skiing yesterday with friends", "User went skiing 2026 times."],
    ["I moved last month", "User moved on 2026-02-14."],
    ["I moved last year", "User moved in 2024."],
    ["I moved", "User moved in 2019."],
  ])("but not every date: %j: %j", (content, statement) => {
    const isYear = statement.includes("2026 times"); // the year of the message itself
    expect(isSupported(statement, said(content))).toBe(isYear);
  });
});

describe("a statement that says the opposite of the message is refused", () => {
  test.each([
    ["I don't eat meat", "User eats meat."],
    ["I don’t eat meat.", "User eats meat."],
    ["I dont eat meat", "User eats meat"],
    ["I do not eat meat.", "User loves eating meat."],
    ["I never drink coffee", "User drinks coffee."],
    ["I no longer work at Globex", "User works at Globex."],
    ["I don't live in Oslo anymore", "User lives in Oslo."],
    ["I'm not married", "User is married."],
    ["I have no kids", "User has kids."],
    ["I can't swim", "User can swim."],
    ["I hate coffee", "User likes coffee."],
    ["I stopped smoking", "User is smoking."],
    ["I used to live in Oslo", "User lives in Oslo."],
    ["I drink coffee without sugar", "User drinks coffee with sugar."],
    ["I love tea, but I don't drink coffee", "User drinks coffee."],
    ["I love tea, not coffee", "User loves coffee."],
    ["No, I don't eat meat", "User eats meat."],
    ["I eat meat", "User does not eat meat."],
    ["I am married", "User is not married."],
    ["I work at Globex", "User no longer works at Globex."],
    ["I love tea", "User hates tea."],
    ["I love tea. I don't eat meat.", "User loves tea but eats meat."],
    ["Ich trinke keinen Kaffee", "User trinkt Kaffee."],
    ["Je ne mange pas de viande", "User mange de viande."],
    ["No como carne", "User come carne."],
    ["Ich habe keinen Hund", "User hat einen Hund."],
    ["Я не ем мясо", "User ест мясо."],
    ["私は肉を食べません", "User は肉を食べる。"],
    ["我不吃肉", "User 吃肉。"],
    ["I've never been to Japan", "User has been to Japan."],
    ["I haven't got a car", "User has a car."],
    ["I have two cats, not dogs", "User has dogs."],
    ["I don't eat meat, dairy or eggs", "User eats eggs."],
    ["My wife doesn't drink", "User's wife drinks."],
  ])("%j: %j", (content, statement) => {
    expect(isSupported(statement, said(content))).toBe(false);
  });

  test.each([
    ["I don't eat meat", "User does not eat meat."],
    ["I don't eat meat", "User doesn't eat meat."],
    ["I don't eat meat, but I eat fish", "User eats fish."],
    ["I don't eat meat. I eat fish.", "User eats fish."],
    ["I don't eat meat or fish", "User does not eat fish."],
    ["I don't drink or smoke", "User does not smoke."],
    ["I don't have kids and live in Oslo", "User lives in Oslo."],
    ["I eat nothing but meat", "User eats meat."],
    ["I can't live without coffee", "User loves coffee."],
    ["I can't wait to move to Oslo", "User will move to Oslo."],
    ["I not only sing, I dance", "User sings."],
    ["I don't eat meat except chicken", "User eats chicken."],
    ["I can't eat gluten", "User is intolerant to gluten."],
    ["I can't stand coffee", "User hates coffee."],
    ["I hate coffee", "User dislikes coffee."],
    ["I left Globex", "User no longer works at Globex."],
    ["I quit my job at Globex", "User no longer works at Globex."],
    ["I used to live in Oslo", "User used to live in Oslo."],
    ["I used to live in Oslo", "User no longer lives in Oslo."],
    ["I stopped smoking", "User does not smoke."],
    ["I stopped smoking", "User stopped smoking."],
    ["I don't live in Oslo but in Bergen", "User lives in Bergen."],
    ["Why don't you believe that I eat meat? I eat meat!", "User eats meat."],
    ["I love tea, hate coffee", "User loves tea."],
    ["I hate my job", "User has a job."],
    ["I don't like my brother Tom", "User has a brother named Tom."],
    ["I don't have a dog", "User likes dogs."],
    ["I'm used to the cold", "User is used to the cold."],
    ["Ich trinke keinen Kaffee", "User trinkt keinen Kaffee."],
    ["我不吃肉", "User 不吃肉。"],
  ])("but not %j: %j", (content, statement) => {
    expect(isSupported(statement, said(content))).toBe(true);
  });

  test.each([
    ["Do you eat meat?", "No.", "User eats meat.", false],
    ["Do you eat meat?", "No.", "User does not eat meat.", true],
    ["Do you eat meat?", "Yes!", "User eats meat.", true],
    ["Do you eat meat?", "Yes!", "User does not eat meat.", false],
    ["Don't you eat meat?", "No.", "User does not eat meat.", true],
  ])("%j %j: %j is %s", (question, answer, statement, isTrue) => {
    const [asked, answered] = [...said(question), ...said(answer)];
    expect(isSupported(statement, [{ ...asked!, role: "assistant", speaker: "machine" }, answered!])).toBe(
      isTrue,
    );
  });
});
