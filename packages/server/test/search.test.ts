// What a search finds, and in which order.
import type { MemoryId } from "@memlane/core";
import type { JsonObject } from "@memlane/core/internal";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { newId } from "../src/base/new-id.ts";
import { insertMemories, type MemoryFilter } from "../src/store/memories.ts";
import type { NewMemory } from "../src/store/memory-columns.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { searchText } from "../src/search/search-text.ts";
import { openTestDatabase } from "./test-database.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database?.close());

/** Stores texts as the memories of a new organisation, and returns a search in it. */
async function remember(...memories: (string | Partial<NewMemory>)[]) {
  const orgId = newId();
  await insertOrg(database, orgId);
  const rows = memories.map((memory) => ({
    id: newId() as MemoryId,
    type: "fact" as const,
    text: "User likes tea.",
    ...(typeof memory === "string" ? { text: memory } : memory),
  }));
  await insertMemories(database, orgId, rows);
  const find = async (query: string, filter: MemoryFilter = {}, limit = 10) =>
    (await searchText(database, { orgId, filter, query, limit })).map(({ text }) => text);
  return { orgId, find };
}

/** Stores this many memories that share most of their trigrams. */
const rememberMany = (orgId: string, count: number) =>
  database.query(
    `insert into memlane.memory (id, org_id, type, text)
     select gen_random_uuid(), $1, 'fact', 'User likes number ' || md5(n::text) || ' because the ' || n || ' is good.'
     from generate_series(1, $2) as n`,
    [orgId, count],
  );

describe("by words", () => {
  test("in any form and any order; not all of them must occur", async () => {
    const { find } = await remember("User likes climbing mountains.", "User plays the cello.");
    expect(await find("Which mountain did she climb?")).toEqual(["User likes climbing mountains."]);
    expect(await find("cello climbing")).toHaveLength(2);
    expect(await find("chess")).toEqual([]);
  });

  test("a rare word counts more than a common one", async () => {
    const { find } = await remember(
      ...Array.from({ length: 20 }, (_, number) => `User likes dish ${number}.`),
      "User likes saffron rice very much indeed.",
    );
    expect((await find("likes saffron"))[0]).toBe("User likes saffron rice very much indeed.");
  });

  test("a memory with more words of the query comes first, and has the higher score", async () => {
    const { orgId } = await remember(
      "User drinks green tea.",
      "User drinks coffee.",
      "User drinks green coffee.",
    );
    const found = await searchText(database, { orgId, filter: {}, query: "green tea", limit: 10 });
    expect(found.map(({ text }) => text)).toEqual(["User drinks green tea.", "User drinks green coffee."]);
    const [first, second] = found.map(({ score }) => score);
    expect(first).toBeGreaterThan(second!);
    expect(first).toBeLessThanOrEqual(1);
    expect(second).toBeGreaterThan(0);
  });

  test("several common words together find a memory that is older than hundreds with one of them", async () => {
    const { find } = await remember(
      "User keeps bees in the garden.",
      ...Array.from({ length: 300 }, (_, number) => `User keeps bees, hive ${number}.`),
      ...Array.from({ length: 300 }, (_, number) => `User waters the garden at ${number}.`),
    );
    expect((await find("bees in the garden"))[0]).toBe("User keeps bees in the garden.");
    expect((await find("bees in the garden", {}, 1)).length).toBe(1);
  });

  test("a long memory with all words comes before short ones with some of them", async () => {
    for (const length of [200, 1000, 8000]) {
      const long = `${"The committee met and adjourned. ".repeat(length / 32)} The tangerine vault code is seven.`;
      const { find } = await remember(
        long,
        "User has a vault ticket.",
        "User eats a tangerine.",
        "User bought a vault with a code.",
      );
      expect((await find("tangerine vault code"))[0]).toBe(long);
    }
  });

  test("if two memories match equally, the one that was said later comes first", async () => {
    const { orgId, find } = await remember("User has a red bicycle.", "User has a new bicycle.");
    expect(await find("bicycle")).toEqual(["User has a new bicycle.", "User has a red bicycle."]);
    await database.query(
      "update memlane.memory set last_said_at = now() - interval '1 year' where org_id = $1 and text like '%new%'",
      [orgId],
    );
    expect(await find("bicycle")).toEqual(["User has a red bicycle.", "User has a new bicycle."]);
  });

  test("'user' alone finds memories, and with other words it is ignored", async () => {
    const { find } = await remember("User likes tea.", "User has a dog.");
    expect(await find("user")).toHaveLength(2);
    expect(await find("does the user have a dog")).toEqual(["User has a dog."]);
  });
});

describe("by similar words", () => {
  test.each([
    ["vegetarain", "User is vegetarian."],
    ["climbng", "User likes climbing."],
    ["Berln", "User lives in Berlin."],
    ["snowboard", "User is a snowboarder."],
  ])("%s finds %s", async (query, text) => {
    const { find } = await remember(text, "User plays the cello.");
    expect(await find(query)).toEqual([text]);
  });

  test("the memory may be older than thousands of others", async () => {
    const { orgId, find } = await remember("User knows Tommasini.");
    await rememberMany(orgId, 2000);
    expect(await find("tommaslni")).toEqual(["User knows Tommasini."]);
  });

  test("memories of other organisations make no difference", async () => {
    const { find } = await remember("User lives in Berlin.");
    await remember(...Array.from({ length: 300 }, (_, number) => `User lives in Berlnn ${number}.`));
    await database.query("analyze memlane.memory");
    expect(await find("Berln")).toEqual(["User lives in Berlin."]);
  });

  test("a word that occurs is not treated as misspelt", async () => {
    const { find } = await remember("User lives in Bern.", "User lives in Berlin.");
    expect(await find("Bern")).toEqual(["User lives in Bern."]);
  });
});

describe("in other languages", () => {
  test.each([
    ["кошка", "У пользователя две кошки."],
    ["КОШКИ", "У пользователя две кошки."],
    ["北京", "用户住在北京。"],
    ["猫", "用户有两只猫。"],
    ["東京に住んでいますか", "ユーザーは東京に住んでいる。"],
    ["서울", "사용자는 서울에서 산다."],
    ["αθήνα", "Ο χρήστης ζει στην Αθήνα."],
    ["אביב", "המשתמש גר בתל־אביב"],
    ["กรุงเทพ", "ผู้ใช้อาศัยอยู่ในกรุงเทพ"],
    ["Straße", "User wohnt in der Hauptstraße."],
  ])("%s finds %s", async (query, text) => {
    const { find } = await remember(text, "User plays the cello.");
    expect(await find(query)).toEqual([text]);
  });

  test("cutting a text that is sixteen times as long takes about sixteen times as long, not 256", async () => {
    const durationMs = async (length: number) => {
      const tookMs: number[] = [];
      for (let tried = 0; tried < 3; tried += 1) {
        const startedMs = performance.now();
        await database.query("select memlane.pieces(left(repeat('日本語漢字仮名交文', 2000), $1))", [length]);
        tookMs.push(performance.now() - startedMs);
      }
      return Math.min(...tookMs);
    };
    await durationMs(1000);
    expect(await durationMs(16_000)).toBeLessThan(100 * (await durationMs(1000)));
  });

  test("a memory with more pieces in common comes first", async () => {
    const { find } = await remember("用户住在南京。", "用户住在北京。");
    expect((await find("北京"))[0]).toBe("用户住在北京。");
  });
});

describe("numbers, codes, addresses and names", () => {
  test.each([
    [
      "a number after a hyphen",
      "Ticket CVE-2026-2332 affects the gateway.",
      ["2332", "CVE-2026-2332", "cve 2026"],
    ],
    ["a stock number", "Order SKU-12345 was shipped.", ["12345", "SKU-12345", "sku"]],
    ["a room", "Room B-204 is booked.", ["204", "B-204"]],
    ["a version", "Version v2.10.3 of the api.", ["2.10.3", "v2.10.3"]],
    ["a file", "Report is in budget.xlsx.", ["budget", "budget.xlsx", "xlsx"]],
    [
      "an email address",
      "Write to jo@example.co.uk.",
      ["example.co.uk", "jo@example.co.uk", "JO@Example.co.uk"],
    ],
    [
      "an address of a page",
      "See https://docs.example.com/setup?step=2 first.",
      ["docs.example.com", "setup", "example"],
    ],
    ["an ampersand", "Customer of AT&T.", ["AT&T", "at&t"]],
    ["a language", "Writes C++ at work.", ["C++", "c++ code"]],
    ["a telephone number", "Phone +44 20 7946 0958.", ["7946", "+442079460958", "44-20-7946-0958"]],
    ["a hyphenated word", "A state-of-the-art idea.", ["state-of-the-art", "art"]],
    ["a time", "Wakes up at 06:30.", ["06:30", "6:30 or 06:30"]],
    ["a price", "The coat was $1,299.50 in May.", ["1,299.50", "299.50"]],
    ["a name that is a stop word", "User met Will in Oslo.", ["Does she know Will?", "Will"]],
    ["an abbreviation that is a stop word", "User works in IT.", ["Who works in IT?"]],
    ["half a width", "User drives a ＢＭＷ.", ["BMW"]],
    ["a ligature", "User saw the ﬁle.", ["file"]],
  ])("%s is found as a whole and by its parts", async (_, text, queries) => {
    const { find } = await remember(text, "Something else entirely.", "User works a lot.");
    for (const query of queries) expect((await find(query))[0], query).toBe(text);
  });

  test.each(["NFC", "NFD", "NFKC", "NFKD"])("a word is found in the normal form %s", async (form) => {
    const { find } = await remember("User lives in Düsseldorf.".normalize(form), "User likes tea.");
    for (const other of ["NFC", "NFD"])
      expect(await find("Düsseldorf".normalize(other))).toEqual([
        "User lives in Düsseldorf.".normalize(form),
      ]);
  });
});

test("a filter applies however a memory is found", async () => {
  const here = {
    user_id: "ann",
    agent_id: "a",
    app_id: "p",
    run_id: "r",
    conversation_id: "c",
    metadata: { k: 1 },
  };
  const { find } = await remember(
    { ...here, text: "User has a cat, кошка." },
    { ...here, text: "User has a cat, кошка, of old.", status: "superseded" },
    { text: "User has a cat, кошка, too." },
  );
  const filters: MemoryFilter[] = [
    { userId: "ann" },
    { agentId: "a" },
    { appId: "p" },
    { runId: "r" },
    { conversationId: "c" },
    { metadata: { k: 1 } satisfies JsonObject },
    { userId: "ann", types: ["fact"] },
  ];
  for (const filter of filters) {
    for (const query of ["cat", "cta", "catt", "кошек", "cat кошка"]) {
      const found = await find(query, filter);
      expect(found.filter((text) => text !== "User has a cat, кошка.")).toEqual([]);
    }
    expect(await find("cat", filter)).toHaveLength(1);
  }
  expect(await find("cat", { types: ["episode"] })).toEqual([]);
  expect(await find("cat", {}, 10)).toHaveLength(2);
  const elsewhere = await remember("User plays the cello.");
  expect(await elsewhere.find("cat кошка")).toEqual([]);
});

test("any query gets an answer", async () => {
  const { find } = await remember("User likes tea & 'coffee' | (milk) \\ !sugar:* <-> 茶.", "😀 🎉");
  const odd = fc.array(
    fc.constantFrom("'", "\\", "&", "|", "!", "(", ")", ":*", "<->", "%", "tea", "茶", "😀", " "),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        odd.map((parts) => parts.join("")),
        fc.string({ unit: "grapheme" }),
      ),
      async (query) => {
        for (const text of await find(query.replaceAll("\0", ""))) expect(typeof text).toBe("string");
      },
    ),
    { numRuns: 40 },
  );
  expect(await find("milk ".repeat(800))).toHaveLength(1);
  expect(await find(Array.from({ length: 600 }, (_, number) => `word${number}`).join(" "))).toEqual([]);
  expect(await find("茶".repeat(4000))).toHaveLength(1);
});
