import { expect, test } from "vitest";
import { statementOf } from "../statement/statement.ts";
import { createOfflineJudge } from "./offline-judge.ts";

const speaker = { role: "user", saidAt: null, utcOffsetMinutes: 0, eventId: null, index: 0 };
const judge = async (text: string, ...prompts: string[]) =>
  (await createOfflineJudge().judge([statementOf(text, speaker)], prompts, {}))[0];

test.each([
  "User's father is in hospital.",
  "User is seeing a therapist every Thursday for their anxiety.",
  "User was diagnosed with ADHD at 44.",
  "User takes 10 mg of ramipril.",
  "User broke their wrist ice skating.",
  "User weighs 92 kg.",
  "User is divorced.",
  "User is expecting twins in May.",
  "User feels lonely.",
  "User's salary is 43.5k from this month.",
  "User pays €900 every month for a loan.",
  "User's password is [redacted: password].",
])("%s is personal", async (text) => {
  expect(await judge(text)).toMatchObject({ isPersonal: true });
});

test.each([
  "User is vegetarian.",
  "User is a nurse.",
  "User works at a hospital in Turku.",
  "User wants to study psychology.",
  "User's team standup moved to 9:30am on Tuesdays.",
  "User has been riding horses since they were a little kid.",
  "User's favorite editor is Emacs.",
  "User lives in Lisbon.",
  "User swims every single day now.",
])("%s can be shared", async (text) => {
  expect(await judge(text)).toMatchObject({ isPersonal: false });
});

test.each([
  ["User's team standup moved to 9:30am on Tuesdays.", "Meetings and schedules of the team", true],
  ["User is vegetarian.", "What people eat", true],
  ["User is vegetarian.", "Meetings and schedules of the team", false],
  ["User deploys with Kamal.", "Our software and tools", true],
  ["User likes sushi.", "Anything about food, but not fish or sushi", false],
  ["User likes Lisbon.", "Lisbon", true],
  ["User likes Lisbon.", "Everything that users say", false],
] as const)("%s with the prompt %j: %s", async (text, prompt, isFitting) => {
  expect(await judge(text, "nothing at all", prompt)).toMatchObject({ fits: isFitting ? [1] : [] });
});

test("an artifact is judged by all of its lines", async () => {
  const list = (last: string) => ["Packing list", "- tent", "- map", "- stove", `- ${last}`].join("\n");
  const long = list(Array.from({ length: 80 }, () => "rope").join("\n- "));
  expect(await judge(long, "What we pack for the trip")).toMatchObject({ isPersonal: false });
  expect(await judge(list("my insulin"))).toMatchObject({ isPersonal: true });
});

test("a text in another script, or a long one, gets no judgement", async () => {
  expect(await judge("User живёт в Москве.")).toBeUndefined();
  expect(await judge(`User likes ${"very ".repeat(100)}old tea.`)).toBeUndefined();
});
