import { expect, test } from "vitest";
import { isSupported } from "./evidence.ts";

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
  ["I went skiing", "User went skiing on 2026-03-01."],
])("%j supports %j", (content, statement) => {
  expect(isSupported(statement, said(content))).toBe(true);
});

test.each([
  ["I live in Oslo", "User likes to ski."],
  ["I live in Oslo", "User lives in Bergen."],
  ["I have two dogs", "User has 2 dogs."],
  ["I have a dog", "User has a dog named Max."],
  ["It is what it is", "User is."],
  ["我住在北京", "User 住在 Shanghai。"],
])("%j does not support %j", (content, statement) => {
  expect(isSupported(statement, said(content))).toBe(false);
});
