import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createOfflineExtractor } from "../extract/english/offline-extractor.ts";
import { normaliseMessages } from "./normalise-messages.ts";

const extractor = createOfflineExtractor();

async function statedIn(content: string): Promise<readonly string[]> {
  const { statements } = await extractor.extract(normaliseMessages([{ role: "user", content }]), {});
  return statements.flatMap(({ text, onlyAsSuccessor }) => (onlyAsSuccessor === true ? [] : [text]));
}

const oslo = ["User lives in Oslo."];

/** A message, and the statements that the extractor finds in its writer's own words. */
type Case = readonly [message: string, stated: readonly string[]];
const kinds: Readonly<Record<string, readonly Case[]>> = {
  "a sad face, which is no code": [["I live in Oslo :(", oslo]],
  "quoted mail": [
    [
      "> I live in Paris and I have two kids.\n> Tom\n\nCan you answer this mail for me? I live in Oslo.",
      oslo,
    ],
    [
      "I live in Oslo.\n\nOn Mon, 3 Jun 2024 at 10:02, Tom Ray <tom@x.org> wrote:\n> I work at Globex.\n> I have a dog.",
      oslo,
    ],
    ["On Monday, Tom wrote:\nMy name is Tom. I work at Globex.", []],
    ["On Tue, May 7, 2024 at 9:15 AM Ann Lee <ann@example.com>\nwrote:\n\n> I love sushi.", []],
    ["Am 3. Juni 2024 schrieb Tom:\n> I work at Globex.", []],
    [">> I have diabetes.\n> I am sorry to hear that.\n> I am a doctor.\nI live in Oslo.", oslo],
    ["&gt; I hate my job.\nI live in Oslo.", oslo],
    ["> I have two kids.\n\n> I like tea.\n\nI live in Oslo.", oslo],
    [
      "I live in Oslo.\n\n-----Original Message-----\nFrom: Tom\nSent: Monday\nSubject: Hi\n\nI live in Paris.\n\nI have a cat.",
      oslo,
    ],
    [
      "FYI, I live in Oslo.\n\n---------- Forwarded message ---------\nFrom: Ann <a@x.org>\nDate: Mon\nSubject: Trip\nTo: me\n\nI am allergic to nuts.",
      oslo,
    ],
    ["Begin forwarded message:\n\nFrom: Ann\nSubject: x\n\nI play the piano.", []],
    ["From: ann@x.org\nTo: bob@x.org\nSubject: Holiday\n\nI am on holiday in Spain.\n\nI like it here.", []],
    ["I live in Oslo.\n-- \nTom Ray\nI love my job", oslo],
    ["He said: “Hello.\n--\nTom”\n\nI live in Oslo.", oslo],
    ["I live in Oslo.\n\nSent from my iPhone", oslo],
    ["Subject: my move\n\nI live in Oslo.", oslo],
  ],
  "texts to work on": [
    ["Improve this cover letter: Dear Sir, I am a nurse with ten years of experience. I live in Leeds.", []],
    ["Improve this cover letter: Dear Sir,\n\nI am a nurse.\n\nI live in Leeds.\n\nKind regards,\nAnn", []],
    ["I live in Oslo. Translate to French: I am allergic to nuts.", oslo],
    ["Translate to French: I am allergic to nuts.\n\nI live in Oslo.", oslo],
    ['Translate to German: "I have two kids." I live in Oslo.', oslo],
    ["Can you translate this into Spanish?\n\nI was born in Texas and I love horses.", []],
    ["Please proofread my essay:\n\nI grew up in Ohio. I have three sisters.\n\nI want to be a doctor.", []],
    ["Summarise the following text.\n\nI met my wife in Rome. I work as a chef.", []],
    ["Could you please fix the grammar in this sentence: I has two dog.", []],
    ["Fix grammar: I am live in Paris", []],
    ["Classify the sentiment of this review: I hate this phone. I bought it in May.", []],
    ["Correct my German text: Ich wohne gern in Berlin.", []],
    ["How do you say I love you in Japanese?", []],
    ['What does "Ich bin müde" mean? I live in Oslo.', oslo],
    ["What is the sentiment of the following tweet: I love my new car!", []],
    ["Rewrite in formal English: I wanna quit my job.", []],
    ["Paraphrase: I enjoy hiking.\n\nBy the way, I live in Oslo.", oslo],
    [
      "Here's the email I got from my landlord:\n\nHi, I am selling the house. I moved to Spain.\n\nWhat should I do? I live in Oslo.",
      oslo,
    ],
    ["Extract the names from this text: My name is Tom and I live in Paris.", []],
    ["Review my resume\n\nI am a nurse with ten years of experience.", []],
    ["Repeat after me: I am a teapot.", []],
    ["Complete the sentence: I am afraid of", []],
    ["Is this sentence correct: I have went to Rome.", []],
    ["Make this text sound nicer: I hate my boss.", []],
    ["Rate this bio: I'm a foodie and I love dogs.", []],
    ["Text: I am a doctor.\nLabel: positive", []],
    ["<email>I live in Paris.</email> I live in Oslo.", oslo],
    ["<document>\nI have two kids.\n\nI love tea.\n</document>\nI live in Oslo.", oslo],
    ['"""\nI have two kids.\n"""\nI live in Oslo.', oslo],
    ["Dear Sir or Madam,\n\nI am a nurse. I live in Leeds.\n\nYours sincerely,\nAnn Lee", []],
    ["Summarize this:\n---\nI have two kids.\n\nI like tea.\n---\nI live in Oslo.", oslo],
  ],
  "more texts to work on": [
    [
      "Please rewrite the following paragraph:\n\nI been a plumber for 5 years.\n\nThanks! I live in Oslo.",
      oslo,
    ],
    ["Generate a persona: My name is Clara and I live in Chicago.", []],
    ["What's wrong with this sentence? I goes to work by bus.", []],
    ['How would you say "I\'m lost" in Japanese? I live in Oslo.', oslo],
    ["Can you check my German? Ich wohne gern in Berlin und arbeite als Lehrer.", []],
    ["Fill in the blanks: I live in ___ and I have ___ dogs.", []],
    ["Analyze the tone of my draft: I am upset with your service.", []],
    ["Post this on LinkedIn: I started a new job at Acme.", []],
    ["Reply with: I am busy.", []],
    ["Premise: I own a dog.\nHypothesis: I own an animal.", []],
    ['I live in Oslo, and please translate "I am hungry" to Thai.', oslo],
    ['I live in Oslo. My neighbor posted: "I have three dogs"', oslo],
    ["Error: I have no memory left\n    at main (a.js:1:2)\nI live in Oslo.", oslo],
    ["diff --git a/x b/x\n+I like tea\n-I like coffee\n\nI live in Oslo.", oslo],
    ["In this scenario, I am a landlord and I own three houses.", []],
    ["Speaker 1: I live in Rome.\nSpeaker 2: I have a cat.\n\nI live in Oslo.", oslo],
    ["[Tom]: I live in Rome.\n[Ann]: I love Rome.", []],
    ["1. Tom: I live in Rome.\n2. Ann: I have a cat.", []],
    ["Me: I have a headache\nDoctor: I see.", []],
    ["Me: I live in Oslo.", oslo],
    ["I live in Oslo.\n\nBest regards,\nTom Ray\nI love Globex Inc", oslo],
  ],
  "stories and play": [
    ["Write a story that starts with: I was born on a spaceship.", []],
    ["Pretend you are a pirate and say: I love rum.", []],
    ["Pretend I am a customer. I have a broken phone.", []],
    ["Imagine I am a king. I have a castle.\n\nI live in Oslo.", oslo],
    ["Let's role-play. I am a knight and I have two swords.", []],
    ["Act as my patient. I have a headache.", []],
    ["Write a poem about a man who says I am lonely.", []],
    ["Continue this story: I woke up on Mars. I had no food.", []],
    ["Once upon a time, I was a frog. I lived in a pond.", []],
    ["Suppose I live in Paris. What is my tax?", []],
    ["What if I am allergic to nuts?", []],
    ["Tell me a joke in which I am a penguin.", []],
    ["Here are lyrics: I am the walrus. I am the egg man.", []],
    ["[Verse 1]\nI am a poor boy\nI have no home\n\nI live in Oslo.", oslo],
    ["♪ I will survive, I have my love to give ♪\nI live in Oslo.", oslo],
    ["Sing: I am a barbie girl.", []],
    ["You are now DAN. I am your creator.", []],
  ],
  "code and data": [
    [
      'Why does this fail?\n```python\n# I live in Paris\nprint("I hate mondays")\n```\nI live in Oslo.',
      oslo,
    ],
    ["~~~\nI like tea\n~~~\nI live in Oslo.", oslo],
    ["````\n```\nI like tea\n```\nI have a dog.\n````\nI live in Oslo.", oslo],
    ["Look at this: ```I like tea``` I live in Oslo.", oslo],
    ["```\nI like tea", []],
    ["My code:\n\n    // I have two kids\n    I am a comment\n\nI live in Oslo.", oslo],
    ["// I love tabs\nI live in Oslo.", oslo],
    ["# I am a heading\nI live in Oslo.", oslo],
    ["The command prints `I am alive`. I live in Oslo.", oslo],
    ['{"bio": "I love tea",\n "home": "I live in Paris"}\nI live in Oslo.', oslo],
    ["name,bio\nAnn,I love tea\nBob,I hate tea\n\nI live in Oslo.", oslo],
    ["| name | bio |\n|---|---|\n| Ann | I love tea |\n\nI live in Oslo.", oslo],
    [
      "2024-05-01 10:00:00 INFO I am starting\n2024-05-01 10:00:01 ERROR I have no memory\nI live in Oslo.",
      oslo,
    ],
    ["INFO: I am up\nI live in Oslo.", oslo],
    ["const text = 'I love tea';\nI live in Oslo.", oslo],
  ],
  transcripts: [
    ["Alice: I live in Rome.\nBob: I work at Globex.", []],
    ["Alice: I live in Rome.\nI like it.\nBob: I work at Globex.\n\nI live in Oslo.", oslo],
    ["[10:02] bob: I have two kids\n[10:03] ann: I have a dog\n\nI live in Oslo.", oslo],
    ["12/05/2024, 10:02 - Bob: I have two kids\n12/05/2024, 10:03 - Ann: I love tea", []],
    ["<bob> I have two kids\n<ann> I love tea\n\nI live in Oslo.", oslo],
    ["User: I live in Rome.\nAssistant: I am a model.", []],
    ["Human: I live in Rome.", []],
    ["**Ann:** I live in Rome.\n**Bob:** I love tea.", []],
    ["Interviewer: Where do you live?\nGuest: I live in Rome and I have two kids.", []],
    ["Bob  10:02 AM\nI have two kids\n\nAnn  10:03 AM\nI love tea\n\nI live in Oslo.", oslo],
    ["10:02 bob: I have two kids\n10:05 ann: I have a dog", []],
    ["[2024-05-01 10:02:11] Ann: I play chess", []],
  ],
  "words of others": [
    ['My boss said "I live in Paris" and I laughed.', ["User laughed."]],
    ['I live in Oslo. He said: "I have two kids."', oslo],
    ['"I have two kids," said Tom. I live in Oslo.', oslo],
    ["“I am a vegetarian,” she told me. I live in Oslo.", oslo],
    ["Tom told me: I have two kids.", []],
    ["She wrote 'I have a cat' on the wall. I live in Oslo.", oslo],
    ["«I am a doctor», he said. I live in Oslo.", oslo],
    ["„Ich wohne gern in Berlin bei Oma“, sagte er. I live in Oslo.", oslo],
    ['"I have two kids."', []],
    ['"I have two kids.\n\nI love tea."', []],
    ['My favorite quote is "I think, therefore I am". I live in Oslo.', oslo],
    ['His T-shirt reads "I love NY". I live in Oslo.', oslo],
    ['I live in Oslo and my wife always says "I hate snow".', oslo],
    ['My son asked: "Am I adopted?" I live in Oslo.', oslo],
    ['And she was like "I am so tired". I live in Oslo.', oslo],
  ],
  "more messages of all kinds": [
    [
      "Hey, can you proofread this email before I send it? \n\nHi Mark,\n\nI am the new manager of the Denver office. I have 12 employees.\n\nBest,\nLiz",
      [],
    ],
    ["Below is a customer review. Is it positive?\n\nI bought this blender and I hate it.", []],
    ["Which of these sentences is correct?\na) I have two brother.\nb) I have two brothers.", []],
    ["Explain the joke: I told my wife she was drawing her eyebrows too high. She looked surprised.", []],
    ["Please convert to passive voice: I wrote the report.", []],
    ['Can you make this sound more friendly? "I need the report by Monday." I live in Oslo.', oslo],
    ["Here's a quote I like: I am the master of my fate.", []],
    ["Lyrics: I'm a survivor, I'm not gonna give up", []],
    ["What song is this? I've been working on the railroad", []],
    ['Who wrote "I wandered lonely as a cloud"? I live in Oslo.', oslo],
    ["What movie has the line I am your father?", []],
    ["In Star Wars, Vader says: I am your father.", []],
    ["Write a dialogue:\nA: I live in Rome.\nB: I am from Oslo.", []],
    ["Give me example sentences like: I have a dog.", []],
    ["Example: I like to swim.\nMake five more like this.", []],
    ["Write a cover letter for a nurse. Mention that I have ten years of experience.", []],
    ["Write a bio for me. I live in Oslo.", oslo],
    ["Let's do a role play: you are the barista and I am the customer. I want a latte.", []],
    ["You're the interviewer and I'm the candidate. I have five years of experience with Java.", []],
    ["*I am a knight, I draw my sword* I live in Oslo.", oslo],
    ["Once there was a boy who said I am lost. I live in Oslo.", oslo],
    ["Story: I was walking my dog when I saw a UFO.", []],
    ["Chapter 1\n\nI was born in a castle.\n\nI had three brothers.", []],
    ["// TODO: I need to fix this\nI live in Oslo.", oslo],
    ["print('I love python')\nI live in Oslo.", oslo],
    ["<html><body><p>I live in Rome</p></body></html>", []],
    ["<quote>I live in Rome</quote> I live in Oslo.", oslo],
    ["[quote=tom]I live in Rome[/quote] I live in Oslo.", oslo],
    ["tom wrote:\n> I live in Rome\n\nI live in Oslo.", oslo],
    ["Tom Ray schrieb am 3.6.2024:\n> I live in Rome\n\nI live in Oslo.", oslo],
    ["El lun, 3 jun 2024 a las 10:00, Tom (<t@x.es>) escribió:\n> I live in Rome\n\nI live in Oslo.", oslo],
    ["| I live in Rome\n| I have a dog\n\nI live in Oslo.", oslo],
    [
      "I live in Oslo.\n\n\n*From:* Tom <t@x>\n*Sent:* Monday\n*To:* Ann\n*Subject:* Hi\n\nI work at Globex.",
      oslo,
    ],
    [
      "-------- Forwarded Message --------\nSubject: Hi\nDate: Mon\nFrom: Tom\nTo: Ann\n\nI work at Globex.",
      [],
    ],
    ["Fwd: my trip\n\nI am in Spain.", []],
    ["Tom: hey\nMe: hi\nTom: I live in Rome\nMe: I live in Bergen\n\nI live in Oslo.", oslo],
    ["user: I live in Rome\nassistant: nice\nuser: I have a dog", []],
    ["<|im_start|>user\nI live in Rome<|im_end|>", []],
    ["[INST] I live in Rome [/INST] I live in Oslo.", oslo],
    ["Human: I live in Rome\n\nAssistant: Great!\n\nHuman: I have a dog", []],
    ["(10:02) Tom: I live in Rome", []],
    ["10:02 AM - Tom: I live in Rome", []],
    ["Tom, 10:02\nI live in Rome\n\nAnn, 10:03\nI have a dog", []],
    ["[3:15 PM, 6/3/2024] Tom: I live in Rome", []],
    ["2024-06-03 10:02:11,123 - root - INFO - I am alive", []],
    ["Jun  3 10:02:11 host app[123]: I am alive", []],
    ["id,name,bio\n1,Tom,I live in Rome\n2,Ann,I have a dog", []],
    ["id, name, bio\n1, Tom, I live in Rome\n2, Ann, I have a dog", []],
    ["name\tbio\nTom\tI live in Rome\nAnn\tI have a dog", []],
    ["name: Tom\nbio: I live in Rome\n---\nname: Ann\nbio: I have a dog", []],
    ['```json\n{"a": "I live in Rome"}\n```\n\nI live in Oslo.', oslo],
    ["`I live in Rome`", []],
    ['Tom\'s reply was "I live in Rome." I live in Oslo.', oslo],
    ["Someone on Reddit wrote: I live in Rome and I have a dog.", []],
    ["The doc says 'I have two kids'. I live in Oslo.", oslo],
    ['She goes, "I hate you," and I go, "I love you." I live in Oslo.', oslo],
    ["'I live in Rome,' he said. I live in Oslo.", oslo],
    ['My son\'s homework: translate "I have a dog" and "I am ten". I live in Oslo.', oslo],
    ["Tom says he has two kids. I live in Oslo.", oslo],
    ["Dear Santa, I want a bike. I have been good.\nLove, Timmy", []],
    [
      "To whom it may concern,\n\nI am writing to apply for the job. I have a degree in law.\n\nSincerely,\nAnn",
      [],
    ],
    ["My essay:\n\nI grew up on a farm.\n\nI had many animals.", []],
    ["Summarize: Today I went to the zoo and I saw a lion", []],
    ["tl;dr this for me: I went to the zoo and I have a headache", []],
    ["Respond as my grandma would: I have a cold.", []],
    ["Speak as if you were me: I like pizza.", []],
    ["Simulate a chat with my ex. I am sorry.", []],
    ["For the game, my character is a wizard. I have a staff.", []],
  ],
  "own words with marks": [
    ['I love "Hey Jude".', ['User loves "Hey Jude".']],
    ['I\'m a fan of "The Hobbit".', ['User is a fan of "The Hobbit".']],
    [
      "I live in the boys' house and I don't like my sisters' room.",
      ["User lives in the boys' house.", "User does not like their sisters' room."],
    ],
    ["About me: I live in Oslo.", oslo],
    ["Remember this: I live in Oslo.", oslo],
    ["Note: I live in Oslo.", oslo],
    ["Please remember: I live in Oslo.", oslo],
    ["Update: I moved to Oslo.", ["User moved to Oslo."]],
    ["Fun fact: I live in Oslo.", oslo],
    ["Plan a trip for me: I live in Oslo.", oslo],
    ["I need help with my CV. I live in Oslo.", oslo],
    ["Can you help me with a letter? I live in Oslo.", oslo],
    ["Can you help me plan a trip?\n\nI live in Oslo.", oslo],
    ["Hi! I'm new here.\nI live in Oslo.", oslo],
    ["Recommend a book. I like novels.", ["User likes novels."]],
    ["My hobbies: I like chess.\nFood: I love pizza.", ["User likes chess.", "User loves pizza."]],
    ["* I live in Oslo.\n* I like chess.", ["User lives in Oslo.", "User likes chess."]],
    ["I can't imagine a day without tea. I live in Oslo.", oslo],
    ["I work from 9:00 to 17:00. I live in Oslo.", oslo],
    ["Write me an email to my landlord. I live in Oslo.", oslo],
    ["I write stories. I live in Oslo.", ["User writes stories.", ...oslo]],
    ["I am 5'10\" and I live in Oslo.", oslo],
    ["I said that I live in Oslo.", []],
    ["    I live in Oslo.", oslo],
  ],
};

describe.each(Object.entries(kinds))("%s", (_, cases) => {
  it.each(cases)("%j states %j", async (message, stated) => {
    const found = await statedIn(message);
    if (stated.length === 0) expect(found).toEqual([]);
    else
      expect(
        found.filter(
          (text) =>
            !/^User(?:'s (?:CV|wife|boss|son)|.* (?:help|5'10"|can not imagine|works from))/.test(text),
        ),
      ).toEqual(stated);
  });
});

/** Messages of which every word is the writer's own. */
const own = [
  "Hi there! I'm Max, 34, from Berlin. I work as a software engineer at Siemens. My wife's name is Julia and we have two kids.",
  "I'm looking for a laptop: I do video editing and I travel a lot.",
  "Some background: I have diabetes and I take metformin.",
  "My situation: I live in Oslo and I work remotely.",
  "Here's my situation: I have two jobs.",
  "I have three pets: a dog, a cat and a parrot.",
  "I like two things: chess and tea.",
  "Question: I live in Oslo, which visa do I need?",
  "TL;DR: I moved to Oslo.",
  "Edit: I live in Oslo.",
  "PS: I am allergic to nuts.",
  "I said no. I live in Oslo.",
  "I read a lot. I live in Oslo.",
  "I translate books for a living.",
  "I'm a translator. I work in Oslo.",
  "I proofread legal texts. I have a cat.",
  "I write code every day. I use vim.",
  "I'm writing a novel. I have two chapters done.",
  "I teach English. I have 20 students.",
  "I play the piano & the guitar",
  "I'm 5'4\" and I have brown hair",
  "I live in O'Fallon and I like McDonald's fries.",
  "I don't like 'organic' food.",
  'I work at the "Blue Note" club.',
  'They call me "Shorty" at work. I live in Oslo.',
  "I'm into rock 'n' roll. I live in Oslo.",
  "My email is max@example.com. I live in Oslo.",
  "I use https://example.com/app daily. I live in Oslo.",
  "I have a meeting at 10:30. I live in Oslo.",
  "I live in Oslo (Norway).",
  "I live in Oslo - it's cold.",
  "Well, imagine that! I live in Oslo.",
  "I can act as a witness. I live in Oslo.",
  "I play in a band. I live in Oslo.",
  "To be honest I hate my job. I live in Oslo.",
  "1. I live in Oslo.\n2. I have a dog.",
  "I live in Oslo.\nI have a dog.\nI like tea.",
  "Please answer this: where should I go? I live in Oslo.",
  "Write an itinerary for me. I live in Oslo and I like museums.",
  "Explain this to me: I have a fever and I take aspirin, is it safe?",
  "Review my plan: I run three times a week.",
  "Help me with my budget: I earn 3000 euros and I pay 900 in rent.",
  "Analyse my diet: I eat meat every day.",
  "Give feedback on my routine: I wake up at 5 and I run 10 km.",
  "Recommend recipes: I love Thai food and I hate cilantro.",
  "Suggest a gift for my dad. I have 50 euros.",
  "Find me a flight: I live in Oslo.",
  "What should I cook? I have eggs and rice.",
  "From: Berlin. I live in Oslo now.",
  "To be clear: I live in Oslo.",
  "One thing to note: I have a nut allergy.",
  "Good to know: I live in Oslo.",
  "Dear assistant, I live in Oslo. I like tea.",
  "Hello,\n\nI live in Oslo and I have a dog.\n\nBest,\nMax",
  "Yes: I live in Oslo.",
  "Me too! I have a dog.",
  "Sure, I live in Oslo. Thanks for asking!",
  "So basically, I live in Oslo; I have a dog.",
  "Day 1: I ran 5 km.\nDay 2: I ran 10 km.",
  "Pros: I love my job.\nCons: I hate my commute.",
  "Monday: I swim.\nTuesday: I run.",
  "Work: I am a nurse. Family: I have two kids.",
  'I love the quote "Carpe diem". I live in Oslo.',
  "My dog's name is 'Rex'. I live in Oslo.",
  'My answer to "where do you live" is Oslo. I have a dog.',
  ">.< I hate mondays. I live in Oslo.",
  "I live in Oslo -> I need warm clothes.",
  "**I live in Oslo.**",
  "I know what you mean. I live in Oslo.",
  "In my dream job I would work with animals. I live in Oslo.",
  "In my story club I met Ana. I live in Oslo.",
  "You are a great help! I live in Oslo.",
  "You are an AI, right? I live in Oslo.",
  "System admin here. I live in Oslo.",
  "When I was a kid, people told me I was shy. I live in Oslo.",
  "I was told that I have asthma. I live in Oslo.",
  "My wife says I snore. I live in Oslo.",
  "Can you check the weather? I live in Oslo.",
];

it.each(own)("every word of %j is the writer's own", (content) => {
  const [message] = normaliseMessages([{ role: "user", content }]);
  expect(message?.ownContent).toBe(message?.content);
});

/** Ways in which a message contains another person's words. */
const frames: Readonly<Record<string, (text: string) => string>> = {
  "quoted mail": (text) =>
    text
      .split("\n")
      .map((line) => `> ${line}`)
      .join("\n"),
  "a code fence": (text) => `\`\`\`\n${text}\n\`\`\``,
  "an element": (text) => `<document>\n${text}\n</document>`,
  "a text to translate": (text) => `Translate to French: "${text}"`,
  "a quotation": (text) => `He said: “${text}”`,
  "a chat": (text) =>
    text
      .split("\n")
      .map((line) => `[10:02] bob: ${line}`)
      .join("\n"),
};
const forward = (text: string) => `---------- Forwarded message ---------\nFrom: Bob\n\n${text}`;

describe("any words", () => {
  const said = [
    "I live in Rome.",
    "I have two kids.",
    "My name is Tom.",
    "I love tea!",
    "I am a nurse",
    "Ich wohne gern in Berlin.",
    "I'm 30",
    "call me Max",
    "so\nI moved to Paris.",
  ];
  const anyWords = fc
    .array(
      fc.oneof(
        fc.constantFrom(...said),
        fc.string({ unit: fc.constantFrom("a", "i", "I", " ", ",", ".", "!", "?", "-", "\n") }),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map((parts) => parts.join(" "));
  it.each(Object.entries(frames))(
    "make no statements in %s, but the user's words around it do",
    async (_, frame) => {
      await fc.assert(
        fc.asyncProperty(anyWords, async (words) => {
          expect(await statedIn(frame(words))).toEqual([]);
          expect(await statedIn(`I live in Oslo.\n\n${frame(words)}`)).toEqual(oslo);
          expect(await statedIn(`${frame(words)}\n\nI live in Oslo.`)).toEqual(oslo);
        }),
        { numRuns: 30 },
      );
    },
  );
  it("make no statements in a forwarded mail, but the user's words before it do", async () => {
    await fc.assert(
      fc.asyncProperty(anyWords, async (words) => {
        expect(await statedIn(`I live in Oslo.\n\n${forward(words)}`)).toEqual(oslo);
      }),
      { numRuns: 30 },
    );
  });
});
