// Any text, through a real server: it is accepted, stored unchanged, and found.
import type { TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { batch, ingest, send, waitWhile } from "./http.ts";
import { startServerOnTestDatabase } from "./test-database.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServerOnTestDatabase();
}, 30_000);
afterAll(() => server?.stop());

let users = 0;
const newUser = () => `user ${(users += 1)}`;

/** The texts that a search finds. A memory of the batch dialect is found as an `episode`. */
const find = async (user_id: string, query: string, type: "fact" | "episode"): Promise<string[]> =>
  (await search(user_id, query, type)).map(({ text }) => text);

const search = async (user_id: string, query: string, type: "fact" | "episode") => {
  const body = { query, user_id, limit: 10, include: [type] };
  const { status, body: found } = await send(server, "POST /v1/memories/search", ingest(server), body);
  expect(status).toBe(200);
  return found.data as readonly { readonly id: string; readonly text: string }[];
};

/** The whole texts that a search finds. The search itself shows a part of a long text. */
const findWhole = async (user_id: string, query: string): Promise<string[]> => {
  const found = await search(user_id, query, "episode");
  const read = found.map(({ id }) => send(server, `GET /v1/memories/${id}`, ingest(server)));
  return (await Promise.all(read)).map(({ body }) => body.details.full_content);
};

const codeSample =
  "```js\nconst brew = (tea) => `${tea}\\u0041`; // <b>&amp;</b> {{x}} %s $1 -- '; drop table x\n```";
const family = "👩‍👩‍👧‍👦";
/** Repeats a part up to this many characters, without splitting a letter. */
const fill = (characters: number, part: string) =>
  part.repeat(Math.floor(characters / part.length)).padEnd(characters);

describe("a memory that is written", () => {
  test.each([
    ["emoji", `${family} 🎉 pizza 🇮🇹 👍🏽`, "pizza"],
    ["Hebrew", "אני גר בתל אביב עם שני חתולים", "חתולים"],
    ["Arabic with marks and an English word", "أعيشُ في القاهرة وأحب \u200FTypeScript\u200F كثيرًا", "القاهرة"],
    ["Chinese", "我住在北京，养了两只猫。", "北京"],
    ["Japanese", "私は東京に住んでいます。", "東京"],
    ["Korean", "저는 서울에서 고양이와 살아요.", "고양이"],
    ["Thai", "ฉันอาศัยอยู่ในกรุงเทพ", "กรุงเทพ"],
    ["Russian, searched by another form of the word", "У меня две рыжие кошки.", "кошка"],
    ["letters beyond the basic plane", "𝕀 𝕝𝕚𝕜𝕖 𝕥𝕖𝕒 and 𠮷野家", "𠮷野家"],
    ["code", codeSample, "brew"],
    ["combining marks", `Z${"\u0301".repeat(200)}algo lives`, "lives"],
  ])("in %s is stored unchanged, and found", async (_, content, query) => {
    const user_id = newUser();
    const created = await send(server, "POST /v1/memories", batch(server), { content, user_id });
    expect(created.status).toBe(201);
    expect(created.body.content).toBe(content);
    expect(await find(user_id, query, "episode")).toEqual([content]);
  });

  test.each([
    ["words", `${fill(15_990, "plain words of no interest ")} zanzibar`, "zanzibar"],
    ["one word", `${fill(15_990, "x")} zanzibar`, "zanzibar"],
    ["emoji", `${fill(15_990, family)} zanzibar`, "zanzibar"],
    ["Chinese", `${fill(15_990, "我们一起去看电影。")} zanzibar`, "zanzibar"],
    ["Hebrew", `${fill(15_990, "שלום לכולם ")} zanzibar`, "zanzibar"],
  ])(
    "of the maximum length, of %s, is stored completely, and found by its last word",
    async (_, content, query) => {
      const user_id = newUser();
      const { body } = await send(server, "POST /v1/batch", batch(server), {
        memories: [
          { content, user_id },
          { content: "User likes tea.", user_id },
        ],
      });
      const job = await waitWhile(
        () => send(server, `GET /v1/batch/${body.id}`, batch(server)),
        "pending",
        "processing",
      );
      expect(job).toMatchObject({ status: "completed", errors: [] });
      expect(await findWhole(user_id, query)).toEqual([content]);
      expect(await find(user_id, "tea", "episode")).toEqual(["User likes tea."]);
    },
  );
});

describe("a conversation", () => {
  const hear = async (user_id: string, ...contents: string[]) => {
    const messages = contents.map((content) => ({ role: "user", content }));
    const request = { messages, user_id, conv_id: "c" };
    const { status, body } = await send(server, "POST /v1/memories?wait=true", ingest(server), request);
    expect([status, body.status, body.error]).toEqual([200, "succeeded", null]);
    return body.result;
  };

  test.each([
    ["Chinese", "我住在北京，养了两只猫", "北京"],
    ["Japanese", "私は東京に住んでいます", "東京"],
    ["Hebrew", "אני גר בתל אביב", "אביב"],
    ["Arabic", "أعيش في القاهرة", "القاهرة"],
    ["Russian", "Я живу в Киеве с двумя кошками", "кошки"],
    ["German", "Ich wohne in Wien und habe drei Hunde", "hunde"],
  ])("in %s is remembered unchanged, once, and found", async (_, said, query) => {
    const user_id = newUser();
    const first = await hear(user_id, `${said}.`);
    expect(first.messages).toMatchObject([{ outcome: "stored" }]);
    expect((await hear(user_id, said)).messages).toMatchObject([{ outcome: "duplicate" }]);
    expect(await find(user_id, query, "fact")).toEqual([`User said "${said}".`]);
  });

  test("with emoji, code and direction marks does not hide the sentences around them", async () => {
    const user_id = newUser();
    const result = await hear(
      user_id,
      `${family} I live in Oslo 🎉🎉`,
      codeSample,
      "\u202EI like tea.\u202C",
      "I have a cat named \u2067מיצי\u2069.",
      "\uFEFF",
      "😀".repeat(1000),
    );
    expect(result.messages.map(({ outcome }: { outcome: string }) => outcome)).not.toContain("failed");
    expect(await find(user_id, "Oslo", "fact")).toEqual(["User lives in Oslo."]);
    expect((await find(user_id, "cat", "fact"))[0]).toContain("מיצי");
  });

  test.each([
    ["English", "I like tea. "],
    ["one word", "x"],
    ["emoji", family],
    ["Chinese", "我们一起去看电影。"],
    ["Arabic", "أعيش في القاهرة. "],
    ["code", "const my = () => { return I };\n"],
    ["letters of two code units", "𝕏"],
  ])("whose message has 100,000 characters of %s is read, and so is the next message", async (_, part) => {
    const user_id = newUser();
    const result = await hear(user_id, fill(100_000, part), "I play the harp.");
    expect(result.messages[1]).toMatchObject({ index: 1, outcome: "stored" });
    expect(await find(user_id, "harp", "fact")).toEqual(["User plays the harp."]);
  });
});
