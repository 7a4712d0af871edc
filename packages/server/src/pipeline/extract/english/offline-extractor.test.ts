import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Statement } from "../../statement/statement.ts";
import { normaliseMessages } from "../../normalise/normalise-messages.ts";
import { createOfflineExtractor } from "./offline-extractor.ts";
import { createReader } from "./reader.ts";

const extractor = createOfflineExtractor();

type Turn = readonly [role: string, content: string];

async function extract(...turns: readonly Turn[]): Promise<readonly Statement[]> {
  const messages = normaliseMessages(turns.map(([role, content]) => ({ role, content })));
  const { statements } = await extractor.extract(messages, {});
  return statements.filter(({ onlyAsSuccessor }) => onlyAsSuccessor !== true);
}

async function statedIn(content: string): Promise<readonly string[]> {
  return (await extract(["user", content])).map(({ text }) => text);
}

describe("the offline extractor", () => {
  it.each([
    ["I live in Paris.", "User lives in Paris."],
    ["I moved to Berlin.", "User moved to Berlin."],
    ["I'm a nurse.", "User is a nurse."],
    ["i've been to rome twice", "User has been to rome twice."],
    ["I was in the army", "User was in the army."],
    ["I don't smoke.", "User does not smoke."],
    ["I can't swim", "User can not swim."],
    [
      "I study law, play chess and go to church",
      ["User studies law.", "User plays chess.", "User goes to church."],
    ],
    ["I do love jazz.", "User loves jazz."],
    ["I'm not religious myself.", "User is not religious."],
    ["I work for the US Postal Service.", "User works for the US Postal Service."],
    ["I moved here from Spain.", "User moved from Spain."],
    ["I read a book about bees yesterday.", "User read a book about bees yesterday."],
    ["I read books every day.", "User reads books every day."],
    ["I taught myself guitar.", "User taught themselves guitar."],
    ["I LOVE DOGS!!!", "User loves dogs."],
    ["I also love dogs too! 😀", "User loves dogs."],
    ["I also like climbing.", "User likes climbing."],
    ["I don't drink coffee anymore, by the way.", "User does not drink coffee anymore."],
  ])("turns the first person into the third: %j", async (said, expected) => {
    expect(await statedIn(said)).toEqual([expected].flat());
  });

  it.each([
    ["My wife spends all my money.", "User's wife spends all their money."],
    ["My dad taught me to cook.", "User's dad taught User to cook."],
    ["My grown children never visit.", "User's grown children never visit."],
    ["My favorite color is blue.", "User's favorite color is blue."],
    ["Knitting is my passion.", "User's passion is knitting."],
    ["My wife retired last year.", "User's wife retired last year."],
    ["My sister married a doctor.", "User's sister married a doctor."],
  ])("says what belongs to the user: %j", async (said, expected) => {
    expect(await statedIn(said)).toEqual([expected]);
  });

  it.each([
    ["My name is Sam and I'm vegetarian.", ["User's name is Sam.", "User is vegetarian."]],
    ["Hi, I'm Larry, what's your name?", ["User's name is Larry."]],
    [
      "I live in Oslo, work as a nurse, and have two kids.",
      ["User lives in Oslo.", "User works as a nurse.", "User has two kids."],
    ],
    ["I love pizza, but it's not healthy.", ["User loves pizza."]],
    ["I grew up in Ohio but now I live in Texas.", ["User grew up in Ohio.", "User lives in Texas."]],
    ["My brother and I live in Ohio.", ["User lives in Ohio."]],
    ["That's cool! I'm a baker.\nI have a cat", ["User is a baker.", "User has a cat."]],
  ])("splits a message into statements: %j", async (said, expected) => {
    expect(await statedIn(said)).toEqual(expected);
  });

  it.each([
    ["I hike and cook.", ["User hikes.", "User cooks."]],
    ["I like to hike and cook.", ["User likes to hike.", "User likes to cook."]],
    [
      "I like to swim, bake and go skiing.",
      ["User likes to swim.", "User likes to bake.", "User likes to go skiing."],
    ],
    [
      "I enjoy playing golf, knitting, and going for walks.",
      ["User enjoys playing golf.", "User enjoys knitting.", "User enjoys going for walks."],
    ],
    [
      "I have a parrot, two rabbits, and a bike.",
      ["User has a parrot.", "User has two rabbits.", "User has a bike."],
    ],
    ["I speak Welsh, Danish, and Thai.", ["User speaks Welsh.", "User speaks Danish.", "User speaks Thai."]],
    ["I love bees and flowers.", ["User loves bees.", "User loves flowers."]],
    ["I like museums and art galleries.", ["User likes museums.", "User likes art galleries."]],
    ["I can sew, knit and weld.", ["User can sew.", "User can knit.", "User can weld."]],
    ["I don't like beer or wine.", ["User does not like beer.", "User does not like wine."]],
    ["I'm a pilot who keeps bees.", ["User is a pilot.", "User keeps bees."]],
    ["I knit because I love wool.", ["User knits.", "User loves wool."]],
  ])("splits a list into one statement for each thing: %j", async (said, expected) => {
    expect(await statedIn(said)).toEqual(expected);
  });

  it.each([
    "I like fish and chips.",
    "I love ham and cheese pizza.",
    "I listen to Simon and Garfunkel.",
    "I want to be a pilot or a nurse.",
    "I like the contrast between sweet and sour.",
    "I hope to stay and work in Oslo.",
  ])("does not split what belongs together: %j", async (said) => {
    expect(await statedIn(said)).toHaveLength(1);
  });

  it.each([
    ["I walk my dog every day.", ["User walks their dog every day.", "User has a dog."]],
    ["I walk my dog Rex.", ["User walks their dog Rex.", "User has a dog named Rex."]],
    ["My dog, Rex, is 5 years old.", ["User's dog, Rex, is 5 years old."]],
    ["My two kids love dinosaurs.", ["User's two kids love dinosaurs.", "User has two kids."]],
    ["I live with my older sister.", ["User lives with their older sister.", "User has an older sister."]],
  ])("adds what a sentence implies: %j", async (said, expected) => {
    expect(await statedIn(said)).toEqual(expected);
  });

  it.each([
    "I miss my dog.",
    "My cat died.",
    "I own a dog house.",
    "I run my dog walking business.",
    "I want my wife to be happy.",
  ])("does not imply somebody who may be gone or never existed: %j", async (said) => {
    expect((await statedIn(said)).filter((text) => /has a (?:dog|cat|wife)\./.test(text))).toEqual([]);
  });

  it.each([
    ["User prefers concise responses", "User prefers concise responses."],
    ["The user lives in Rome.", "User lives in Rome."],
    ["Lives in Rome.", "User lives in Rome."],
    ["Prefers dark mode.", "User prefers dark mode."],
    ["Is allergic to peanuts.", "User is allergic to peanuts."],
    [
      "The user prefers tea, hates coffee, and lives in Rome.",
      ["User prefers tea.", "User hates coffee.", "User lives in Rome."],
    ],
    ["The user works at Acme. They like tea.", ["User works at Acme.", "User likes tea."]],
    ["The user's name is Ana and they live in Oslo.", ["User's name is Ana.", "User lives in Oslo."]],
    ["User mentioned that they moved to Berlin.", "User moved to Berlin."],
    ["The user's sister lives in Paris.", "User's sister lives in Paris."],
    ["Alice works at Acme.", "Alice works at Acme."],
    ["Acme is now called Globex.", "Acme is now called Globex."],
    ["Acme was recently renamed to Globex.", "Acme is now called Globex."],
    ["Acme changed its name to Globex Group.", "Acme is now called Globex Group."],
    ["Acme rebranded as Globex!", "Acme is now called Globex."],
    ["It was renamed to Globex.", []],
    ["Alice prefers window seats on flights.", "Alice prefers window seats on flights."],
    ["Alice's sister lives in Paris.", "Alice's sister lives in Paris."],
    ["Maria is a vegetarian", "Maria is a vegetarian."],
    ["Maria and Alice live in Oslo.", "Maria and Alice live in Oslo."],
    ["Maria like Oslo.", []],
  ])("reads notes in the third person, as agents write them: %j", async (said, expected) => {
    expect(await statedIn(said)).toEqual([expected].flat());
  });

  it.each([
    "Works for me!",
    "Loves it",
    "Loves me.",
    "Hates when this happens.",
    "Takes two minutes.",
    "Needs work.",
    "The user said hello.",
    "The user wants you to summarise this.",
    "Kubernetes uses etcd.",
    "The model likes short prompts.",
    "Paris loves you.",
  ])("takes no other sentence for such a note: %j", async (said) => {
    expect(await statedIn(said)).toEqual([]);
  });

  it.each([
    ["When I was young, I lived in Ohio.", "User lived in Ohio when they were young."],
    ["In my free time I read books.", "User reads books in their free time."],
    ["Last year I moved to Rome.", "User moved to Rome last year."],
    ["I moved to Rome because I got a job there.", "User moved to Rome."],
    ["I have a dog and his name is Rex.", "User has a dog and his name is Rex."],
  ])("puts the user first: %j", async (said, expected) => {
    expect(await statedIn(said)).toEqual([expected]);
  });

  it.each([
    ["We have two kids.", ["User has two kids."]],
    ["We live in Ohio.", ["User lives in Ohio."]],
    ["We had a lot of fun.", []],
    ["We have a lot in common.", []],
  ])("takes only what is true of each person from a sentence about several: %j", async (said, expected) => {
    expect(await statedIn(said)).toEqual(expected);
  });

  it.each([
    ["Our dog is called Max.", "User's dog is called Max."],
    ["We're expecting a baby in July.", "User is expecting a baby in July."],
    ["I love sci-fi movies.", "User loves sci-fi movies."],
    ["I like to run.", "User likes to run."],
    ["I need to renew my passport before March.", "User needs to renew their passport before March."],
    ["I color-code my notes.", "User color-codes their notes."],
    ["I set up a charity run in May.", "User set up a charity run in May."],
    ["Last week was wild, I joined a choir.", "User joined a choir."],
    ["I'm a fan of pottery - the skill and patience is amazing.", "User is a fan of pottery."],
    ["Swimming and yoga are my hobbies.", "User's hobbies are swimming and yoga."],
  ])("reads statements in another person, order or spelling: %j", async (said, expected) => {
    expect((await statedIn(said))[0]).toBe(expected);
  });

  it.each([
    ["Moved to Berlin last month.", "User moved to Berlin last month."],
    ["Just started learning Korean.", "User started learning Korean."],
    ["Working as a nurse these days.", "User is working as a nurse these days."],
    ["No longer vegan.", "User is no longer vegan."],
    ["Allergic to peanuts.", "User is allergic to peanuts."],
    ["The user lives in Rome.", "User lives in Rome."],
    ["User prefers concise responses", "User prefers concise responses."],
    ["User's favorite color is blue.", "User's favorite color is blue."],
  ])("adds the subject of a note: %j", async (said, expected) => {
    expect(await statedIn(said)).toEqual([expected]);
  });

  it.each([
    ["feelings", "I'm so proud of how far I've come. I am thrilled to be here. I'm staying positive."],
    ["judgements", "My family is awesome. My kids make me so happy."],
    ["resolutions", "I'm going to make my dreams come true. I'm not giving up. I keep going."],
    ["aims of the past", "I wanted to make it cosy. I tried to stay calm. I had to take a picture."],
    ["purposes", "So I can reach more people."],
    [
      "what is not named",
      "I did something new. I talked to someone. I love the yellow leaves. I chose the details.",
    ],
    [
      "half a list",
      "My dream is to create a safe, inviting place. I'm thankful for my friends, family and mentors' support.",
    ],
    ["a clause of time alone", "As soon as I start, all my worries vanish."],
    ["comparisons", "They are as passionate as I am about rights."],
    ["sentences whose subject is a gerund", "Working at night is hard."],
  ])("leaves out %s", async (kind, said) => {
    const incomplete = /create a safe\.|really family|as soon as/;
    const texts = await statedIn(said);
    expect(kind === "half a list" ? texts.filter((text) => incomplete.test(text)) : texts).toEqual([]);
  });

  it.each([
    ["questions", "Do I live in Paris?"],
    ["greetings", "Hi, how are you? I'm fine, thank you!"],
    ["hypotheticals", "If I were rich, I would live in Paris."],
    ["hypotheticals", "I might move to Paris."],
    ["doubts", "Maybe I like dogs. I think I am allergic to nuts."],
    ["commands", "Tell me about Paris. Let me know if I can help."],
    ["reactions", "That sounds fun! Me too! I agree. I'm glad to hear that."],
    ["what is said of others", "You live in Paris. She is a nurse. Paris is nice."],
    ["what points back", "I love it. I like that movie. I've been there. I have one too."],
    ["what is left unsaid", "I do. I used to. I have. I am."],
    ["errands of the moment", "I need to go. I'll text you later. I have to check it out."],
    ["blanks", "My name is [name]."],
    ["quotations", 'I said "I live in Paris".'],
    ["code", "const my = () => { return I };"],
    ["greetings in other languages", "Bonjour ! Wie geht's? שלום. 你好！ Привет, как дела?"],
  ])("leaves out %s: %j", async (_, said) => {
    expect(await statedIn(said)).toEqual([]);
  });

  it.each([
    "Ich wohne in Wien und habe drei Hunde",
    "Vivo en Sevilla y trabajo como camarera",
    "Я живу в Киеве",
    "אני גר בתל אביב",
    "أعيش في القاهرة",
    "我住在北京",
    "私は東京に住んでいます",
    "저는 서울에 살아요",
    "मैं दिल्ली में रहता हूँ",
    "J'habite près de la forêt avec mes parents",
    "İstanbul için yeni bir iş arıyorum",
    "Tôi sống ở Hà Nội",
  ])("quotes sentences in other languages: %j", async (said) => {
    expect(await statedIn(`${said}. I have a cat.`)).toEqual(["User has a cat.", `User said "${said}".`]);
    const [one, other] = await extract(["user", said], ["user", `${said.slice(0, -1)}ю`]);
    expect(one!.fingerprint).not.toBe(other!.fingerprint);
  });

  it.each(["Hà Nội", "Łódź", "Hồ Chí Minh", "İzmir", "Москва", "東京", "दिल्ली"])(
    "remembers a name as it is written: %s",
    async (place) => {
      const both = [`User lives in ${place}.`, "User has a cat."];
      expect(await statedIn(`I live in ${place}. I have a cat.`)).toEqual(both);
    },
  );

  it("quotes only the beginning of a long text in another language", async () => {
    const sentences = Array.from({ length: 40 }, (_, number) => `第${number}章讲的是皇帝。`);
    expect(await statedIn(sentences.join(""))).toHaveLength(20);
  });

  it("leaves out a sentence that is too long, and keeps the sentences around it", async () => {
    const long = `I like ${"very ".repeat(200)}long sentences.`;
    expect(await statedIn(`I live in Oslo. ${long} I have a cat.`)).toEqual([
      "User lives in Oslo.",
      "User has a cat.",
    ]);
  });

  it("recognises that something has ended", async () => {
    const statements = await extract(["user", "I no longer eat meat. I quit my job."]);
    expect(statements.map(({ text, retracts }) => [text, retracts])).toEqual([
      ["User no longer eats meat.", true],
      ["User quit their job.", true],
    ]);
  });

  it("puts statements that exclude each other into one slot", async () => {
    const statements = await extract(
      ["user", "I live in Paris. I like tea."],
      ["user", "I moved to Berlin. I like jazz."],
    );
    expect(statements.map(({ slot }) => slot)).toEqual(["home", null, "home", null]);
  });

  it("uses a machine's words only as context", async () => {
    for (const role of ["assistant", "system", "tool", "developer", "Assistant"]) {
      expect(await extract([role, "I live in Paris."])).toEqual([]);
    }
    expect(await extract(["Caroline", "I live in Paris."])).toMatchObject([{ sourceRole: "Caroline" }]);
  });

  it("completes a short answer with the question before it", async () => {
    const statements = await extract(["assistant", "Where do you live?"], ["user", "In Oslo."]);
    expect(statements).toMatchObject([{ text: "User lives in Oslo.", slot: "home" }]);
    expect(await extract(["user", "Where do you live?"], ["user", "In Oslo."])).toEqual([]);
  });

  it.each([
    ["I love hiking.", "Me too!", ["User loves hiking."]],
    ["I'm a nurse. I love hiking. And you?", "So do I, every day.", ["User loves hiking."]],
    ["I'm vegan.", "So am I!", ["User is vegan."]],
    ["I don't like jazz.", "Me neither.", ["User does not like jazz."]],
    ["I don't like jazz.", "Me too.", []],
    ["I'm 30.", "Me too!", []],
    ["Nice weather.", "Me too!", []],
    ["I'm vegan.", "So do I!", []],
  ])("recognises agreement with what the other speaker says: %j, %j", async (said, agreed, expected) => {
    const statements = await extract(["assistant", said], ["user", agreed]);
    expect(statements.map(({ text }) => text)).toEqual(expected);
  });

  it.each([
    ["What's your favorite band?", "I like many, but my favorite is Blur.", "User's favorite band is Blur."],
    [
      "What do you play?",
      "I play all kinds of video games, but my favorite is Tetris.",
      "User's favorite video game is Tetris.",
    ],
  ])("adds the thing that is a favourite: %j, %j", async (asked, said, expected) => {
    const statements = await extract(["assistant", asked], ["user", said]);
    expect(statements.map(({ text }) => text)).toContain(expected);
  });

  it("answers the question that the other speaker repeated", async () => {
    const statements = await extract(
      ["user", "Where do you live?"],
      ["assistant", "In Rome. What about you?"],
      ["user", "In Oslo."],
    );
    expect(statements.map(({ text }) => text)).toEqual(["User lives in Oslo."]);
  });

  it("names the writers of a conversation in which the user does not write", async () => {
    const statements = await extract(
      ["Alice", "I live in Rome. My dog is called Rex."],
      ["Bob", "I live in Oslo, and my wife works for Alice."],
      ["participant_3", "I live in Bonn."],
      ["assistant", "I live in Paris."],
    );
    expect(statements.map(({ text, slot }) => [text, slot])).toEqual([
      ["Alice lives in Rome.", "alice:home"],
      ["Alice's dog is called Rex.", null],
      ["Bob lives in Oslo.", "bob:home"],
      ["Bob's wife works for Alice.", null],
    ]);
    const withUser = await extract(["Alice", "I live in Rome."], ["user", "I live in Oslo."]);
    expect(withUser.map(({ text }) => text)).toEqual(["User lives in Oslo."]);
  });

  it("names the message of each statement", async () => {
    const messages = normaliseMessages([
      { role: "user", content: "I like tea. I like jazz.", dia_id: "D1:1" },
    ]);
    const { statements } = await extractor.extract(messages, {});
    expect(statements.map(({ sourceEventIds }) => sourceEventIds)).toEqual([["D1:1"], ["D1:1"]]);
  });

  it("reports a message as failed, and reads on, if a rule throws", async () => {
    const read = createReader();
    const frail = createOfflineExtractor((line) => {
      if (line.includes("poison")) throw new RangeError("too much");
      return read(line);
    });
    const said = ["", "I like tea.", "I like poison.", "I like jazz."];
    const messages = normaliseMessages(said.map((content) => ({ role: "user", content })));
    const { statements, failed } = await frail.extract(messages, {});
    expect(statements.map(({ text }) => text)).toEqual(["User likes tea.", "User likes jazz."]);
    expect(failed).toEqual([2]);
  });

  it("rejects with the reason of the signal", async () => {
    const signal = AbortSignal.abort(new Error("stop"));
    await expect(
      extractor.extract(normaliseMessages([{ role: "user", content: "I like tea." }]), { signal }),
    ).rejects.toThrow("stop");
  });

  describe("for any text", () => {
    const piece = fc.oneof(
      fc.fullUnicodeString({ maxLength: 20 }),
      fc.constantFrom(
        ..."I my we am have do like live not never and , . ! ? ; ( ) \" ' : - 's you it that who because if when to a dog".split(
          " ",
        ),
        ..."constructor __proto__ toString [x] {} 😀 שלום 東京 \n \t".split(" "),
        // Oslo, unlike Paris, is nobody's name.
        ..."work worked working Oslo two kids name is favorite color my I I I".split(" "),
      ),
    );
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(" "));
    const turns = fc.array(fc.tuple(fc.constantFrom("user", "assistant", "Ann"), text), { maxLength: 4 });

    it("returns whole sentences about the user or a named speaker", async () => {
      await fc.assert(
        fc.asyncProperty(turns, async (said) => {
          for (const statement of await extract(...said)) {
            expect(statement.text).toMatch(/(?:^|\s)(?:User|Ann)(?:'s)? \S.*\.$/u); // also "Oslo is near User's house."
            expect(statement.fingerprint).not.toBe("");
            expect(statement.sourceRole).not.toBe("assistant");
          }
        }),
        { numRuns: 500 },
      );
    });

    it("returns the same every time, also in another process", async () => {
      const fresh = createOfflineExtractor();
      await fc.assert(
        fc.asyncProperty(turns, async (said) => {
          const messages = normaliseMessages(said.map(([role, content]) => ({ role, content })));
          expect(await fresh.extract(messages, {})).toEqual(await extractor.extract(messages, {}));
        }),
      );
    });
  });

  it.each([
    ["one word", `I like ${"a".repeat(100_000)}`],
    ["quotes", `I ${"'".repeat(100_000)}`],
    ["short sentences", "I like dogs. ".repeat(7_700)],
    ["one sentence", "I like dogs and ".repeat(6_250)],
    ["lines of marks", `I ${"-'".repeat(240)}\n`.repeat(200)],
  ])("reads 100,000 characters of %s in less than three seconds", async (_, said) => {
    const before = process.cpuUsage();
    await statedIn(said);
    // Measures processor time, because other programs may use the processor, too.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(3000);
  });
});

describe("the offline extractor's limits", () => {
  const likings = (count: number, what: string) =>
    Array.from({ length: count }, (_, index) => `I like ${what} number ${index}.`).join("\n");
  const extractFrom = (contents: readonly string[], from = extractor) =>
    from.extract(normaliseMessages(contents.map((content) => ({ role: "user", content }))), {});

  it("take 3,000 statements from a message, and fail only that message if it has more", async () => {
    const { statements, failed } = await extractFrom([
      likings(1000, "tea"),
      likings(3001, "jam"),
      "I live in Oslo.",
    ]);
    expect(failed).toEqual([1]);
    expect(statements).toHaveLength(4001);
    expect(statements.at(-1)?.text).toBe("User lives in Oslo.");
  });

  it("take 5,000 statements from a job, and fail the messages with further statements", async () => {
    const { statements, failed } = await extractFrom([
      likings(3000, "tea"),
      likings(1999, "jam"),
      likings(2, "pie"),
      "How are you?",
      "I live in Oslo.",
    ]);
    expect(statements).toHaveLength(5000);
    expect(failed).toEqual([2, 4]);
  });

  it("read 200,000 characters of a message, up to the end of a sentence", async () => {
    const { statements, failed } = await extractFrom([
      `I live in Oslo. ${"The train was late. ".repeat(9_999)}I like tea and long walks by the sea. I like jam.`,
      "I have a dog.",
    ]);
    expect(statements.map(({ text }) => text)).toEqual(["User lives in Oslo.", "User has a dog."]);
    expect(failed).toEqual([0]);
  });

  it("read 2,000,000 characters of a job, where a short line counts as 50", async () => {
    let lines = 0;
    const reader = createOfflineExtractor((line) => {
      lines += line.length > 0 ? 1 : 0;
      return [];
    });
    const { failed } = await extractFrom([...Array<string>(12).fill("I am\n".repeat(3500)), "Hi."], reader);
    expect(lines).toBe(40_001);
    expect(failed).toEqual([11, 12]);
  });

  it("fail no conversation of ordinary size", async () => {
    const { failed } = await extractFrom(
      Array<string>(500).fill("I live in Oslo, and I like to swim, bake and ski."),
    );
    expect(failed).toEqual([]);
  });
});
