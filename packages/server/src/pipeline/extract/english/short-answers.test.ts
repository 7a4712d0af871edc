import { describe, expect, it } from "vitest";
import { questionOf } from "./question.ts";
import { answerInFull } from "./short-answers.ts";

const commonWords = new Set([
  "blue",
  "in",
  "two",
  "a",
  "guitar",
  "jazz",
  "hiking",
  "the",
  "mark",
  "law",
  "by",
  "on",
]);
const inFull = (message: string, answer: string) => {
  const question = questionOf(message);
  return question === null ? null : answerInFull(question, answer, (word) => commonWords.has(word));
};

describe("answerInFull", () => {
  it.each([
    ["Where do you live?", "In Oslo.", "I live in Oslo."],
    ["Where do you live?", "Somerset.", "I live in Somerset."],
    ["Nice! So where are you based now?", "Oslo, Norway", "I live in Oslo, Norway."],
    ["Where do you live?", "By the sea, near Brest.", "I live by the sea, near Brest."],
    ["Where did you grow up?", "On the road.", "I grew up on the road."],
    ["Where do you live?", "With friends.", null],
    ["Where are you from?", "By the sea.", null],
    ["Where are you from?", "Oh, from Texas.", null],
    ["Where are you from?", "Texas", "I am from Texas."],
    ["Where did you grow up?", "Ohio!", "I grew up in Ohio."],
    ["What's your name?", "Mark", "My name is Mark."],
    ["How old are you?", "32", "I am 32."],
    ["What's your favorite color?", "Blue.", "My favorite color is blue."],
    ["What's your favorite band?", "It's Muse.", "My favorite band is Muse."],
    ["Who's your favorite singer?", "My favorite is Adele.", "My favorite singer is Adele."],
    ["Do you have any pets?", "Yes, two cats.", "I have two cats."],
    ["How many kids do you have?", "Two.", "I have two kids."],
    ["What do you do for a living?", "A teacher.", "I am a teacher."],
    ["That's great, what do you do for fun?", "Hiking and cooking.", "I like hiking and cooking."],
    ["What instrument do you play?", "Guitar.", "I play guitar."],
    ["Where do you work?", "At Google.", "I work At Google."],
    ["What's your favorite book?", "That's a tough one! I'd have to say Dune.", "My favorite book is Dune."],
    ["What's your dog's name?", "Rex", "My dog's name is Rex."],
    ["What do you study?", "Law.", "I study law."],
  ])("turns a question and a phrase into a sentence: %j, %j", (question, answer, full) => {
    expect(inFull(question, answer)).toBe(full);
  });

  it.each([
    ["Do you like jazz?", "Yes!", "I like jazz."],
    ["Do you like jazz?", "Yes, I do.", "I like jazz."],
    ["Do you like jazz?", "Yes! I play it every day.", "I like jazz."],
    ["Do you like your job?", "I love it!", "I love my job."],
    ["Do you play any sports?", "Yes.", "I play sports."],
    ["Do you like jazz?", "Nope.", "I do not like jazz."],
    ["Do you have any pets?", "No, I don't. I'm allergic.", "I do not have any pets."],
    ["Do you still play your guitar?", "Absolutely", "I play my guitar."],
    ["Are you married?", "No, not yet.", "I am not married."],
    ["Have you ever been to Japan?", "Never.", "I have never been to Japan."],
    ["Have you ever been to Japan?", "I have!", "I have been to Japan."],
  ])("turns a question and a yes or no into a sentence: %j, %j", (question, answer, full) => {
    expect(inFull(question, answer)).toBe(full);
  });

  it.each([
    ["Nice weather.", "Yes."],
    ["Do you like tea or coffee?", "Yes."],
    ["Do you want to meet?", "Yes."],
    ["Do you have any other plans?", "Yes."],
    ["Do you like my hat?", "Yes."],
    ["Do you like jazz? Do you dance?", "Yes."],
    ["Do you like jazz?", "Why?"],
    ["Do you like jazz?", "A bit"],
    ["Where do you live?", "It depends."],
    ["Where do you live?", "in a house"],
    ["What's your favorite book?", "My favorite book is Dune."],
    ["What's your name?", "that's a secret"],
    ["How old are you?", "old enough"],
    ["What do you do for a living?", "Not much."],
  ])("returns null if the meaning is not certain: %j, %j", (question, answer) => {
    expect(inFull(question, answer)).toBeNull();
  });
});
