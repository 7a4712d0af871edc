import type { Page } from "playwright";
import { expect, test } from "vitest";
import { client, panel, startBrowser, world } from "./console.ts";

const { openConsole } = startBrowser();

async function open(path: string): Promise<Page> {
  const { page } = await openConsole(path);
  return page;
}

/** Lets a user of its own say things on days of 2025. */
async function say(userId: string, ...said: readonly (readonly [string, string])[]): Promise<void> {
  for (const [date, content] of said) {
    await client.memories.ingestAndWait({
      user_id: userId,
      conv_id: `of ${date}`,
      messages: [{ role: "user", content, date: `2025-${date}`, dia_id: `said-${date}` }],
    });
  }
}

test("facts that replaced each other are in one lane, and lead to who said them and when", async () => {
  await say("vera", ["02-01", "I live in Oslo."], ["07-01", "I live in Bergen now. I like tea."]);
  const page = await open("/users");
  await page.getByRole("link", { name: "vera" }).click();
  const lane = panel(page, "Facts over time").locator(".lane").filter({ hasText: "Oslo" });
  await expect
    .poll(() => lane.getByRole("link").allTextContents())
    .toMatchObject([/^lives in Oslo/, /^lives in Bergen/]);
  await lane.getByRole("link", { name: "Bergen" }).click();
  await expect
    .poll(() => panel(page, "Where it comes from").textContent())
    .toMatch(/user · 1 Jul 2025 · conversation of 07-01 · message said-07-01.*I live in Bergen now/);
  const chain = panel(page, "What it replaced, and what replaced it").getByRole("listitem");
  await expect
    .poll(() => chain.allTextContents())
    .toMatchObject([/Oslo.*superseded.*1 Feb 2025 until 1 Jul 2025/, /Bergen.*active/]);
});

test("a fact that its own conversation replaces is shown before its successor", async () => {
  await client.memories.ingestAndWait({
    user_id: "uma",
    conv_id: "undated",
    messages: [
      { role: "user", content: "I live in Paris." },
      { role: "user", content: "I moved to Berlin." },
    ],
  });
  const page = await open("/users/one?user_id=uma");
  const lane = panel(page, "Facts over time").locator(".lane");
  const links = lane.getByRole("link");
  await expect.poll(() => links.allTextContents()).toMatchObject([/^lives in Paris/, /^moved to Berlin/]);
  await links.first().click();
  await expect.poll(() => panel(page, "Where it comes from").textContent()).toMatch(/user · stored \d/);
});

test("facts of one day are shown whole and apart, on a desktop and on a phone", async () => {
  const cities = ["Bergen", "Trondheim", "Rome", "Kristiansund"];
  const said = cities.map((city) => `I moved to ${city}.`).join(" ");
  await say("vic", ["02-01", "I live in Oslo."], ["07-01", said]);
  const page = await open("/users/one?user_id=vic");
  const lane = panel(page, "Facts over time").locator(".lane");
  const objects = lane.locator("strong");
  await expect.poll(() => objects.allTextContents()).toEqual(["Oslo", ...cities]);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await lane.evaluate(textFaults)).toEqual([]);
  }
});

/** The texts of an element that are cut, and those that cover one another. */
function textFaults(lane: Element): readonly string[] {
  const elements = [...lane.querySelectorAll("*")];
  const isCut = ({ scrollWidth, clientWidth }: Element) => scrollWidth > clientWidth;
  const range = document.createRange();
  const boxes = elements.flatMap((element) => {
    range.selectNodeContents(element);
    return element.childElementCount > 0 ? [] : [...range.getClientRects()];
  });
  const covered = boxes.flatMap((one, index) =>
    boxes
      .slice(index + 1)
      .filter(
        (other) =>
          Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
          Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1,
      )
      .map((other) => `covered at ${other.x}, ${other.y}`),
  );
  return [...elements.filter(isCut).map(({ outerHTML }) => `cut: ${outerHTML}`), ...covered];
}

test("the id of a user may look like a part of an address", async () => {
  const ids = ["%2f", "100%41", "../x", "a/b?c#d&e=f"];
  for (const id of ids) await say(id, ["01-01", "I live in Rome."]);
  const page = await open("/users");
  for (const id of ids) {
    await page.getByRole("textbox", { name: "The id of a user" }).fill(id);
    await page.getByRole("button", { name: "Open" }).click();
    await page.getByRole("heading", { name: id, exact: true }).waitFor();
    await panel(page, "Facts over time").getByText("lives in").waitFor();
    await page.getByRole("link", { name: "Users" }).click();
  }
});

test("a long memory is cut in lists and titles, and whole on its screen", async () => {
  const text = "Lorem ipsum dolor sit amet. ".repeat(500).trim();
  await client.batch.createAndWait([{ content: text, user_id: "tess" }]);
  const page = await open("/users/one?user_id=tess");
  const link = panel(page, "Memories").getByRole("link", { name: /^Lorem/ });
  expect((await link.boundingBox())!.height).toBeLessThan(100);
  await link.click();
  await expect.poll(() => panel(page, "Text").locator("pre").textContent()).toBe(text);
  expect((await page.getByRole("heading", { level: 1 }).textContent())!.length).toBeLessThan(250);
});

test("a short artifact is shown whole, with its lines, under its title", async () => {
  const code = "def take(items):\n    limit = 3\n    return items[:limit]";
  await client.memories.ingestAndWait({
    user_id: "otto",
    conv_id: "code",
    messages: [
      { role: "assistant", content: `Here is the function:\n\`\`\`python\n${code}\n\`\`\`\nEnjoy!` },
    ],
    extract_artifacts: true,
  });
  const [artifact] = await Array.fromAsync(client.memories.list({ user_id: "otto", type: "artifact" }));
  const page = await open(`/memories/${artifact!.id}`);
  await page.getByRole("heading", { name: "Here is the function", exact: true }).waitFor();
  expect(await panel(page, "Text").locator("pre").textContent()).toBe(code);
});

test("a fact can be corrected, and a memory deleted", async () => {
  await say("walt", ["03-01", "I like coffee."]);
  const page = await open("/users/one?user_id=walt");
  await panel(page, "Facts over time").getByRole("link", { name: "coffee" }).click();
  await page.getByRole("button", { name: "Correct …" }).click();
  const dialog = page.getByRole("dialog");
  expect(await dialog.getByRole("textbox", { name: "Subject" }).inputValue()).toBe("self");
  await dialog.getByRole("textbox", { name: "Predicate" }).fill("loves");
  await dialog.getByRole("textbox", { name: "Object" }).fill("tea");
  await dialog.getByRole("button", { name: "Correct" }).click();
  await page.getByRole("link", { name: /tea/ }).click();
  await page.getByRole("heading", { name: /loves tea/ }).waitFor();
  await page.getByRole("button", { name: "Delete …" }).click();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await page.getByText("The memory is deleted.").waitFor();
  const { facts } = await client.facts.listPage({ user_id: "walt" });
  expect(facts).toEqual([]);
});

test("the memory that a deleted one replaced is still shown", async () => {
  await say("wynn", ["02-01", "I live in Oslo."], ["07-01", "I live in Bergen now."]);
  const page = await open("/users/one?user_id=wynn");
  await panel(page, "Facts over time").getByRole("link", { name: "Oslo" }).click();
  const chain = panel(page, "What it replaced, and what replaced it");
  await chain.getByRole("link", { name: "Bergen" }).click();
  await page.getByRole("heading", { name: /Bergen|I live in Bergen now/ }).waitFor();
  await page.getByRole("button", { name: "Delete …" }).click();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await page.getByText("The memory is deleted.").waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: /Oslo/ }).waitFor();
});

test("a verbatim memory can be edited", async () => {
  await client.batch.createAndWait([{ content: "I ride a bicycle.", user_id: "wes" }]);
  const page = await open("/users/one?user_id=wes");
  await panel(page, "Memories").getByRole("link", { name: "I ride a bicycle." }).click();
  await page.getByRole("button", { name: "Edit …" }).click();
  await page.getByRole("textbox", { name: "Content" }).fill("I ride a horse.");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "I ride a horse." }).waitFor();
});

test("a user without facts is listed with the conversations that are kept", async () => {
  await say("zoe", ["06-01", "Good morning!"]);
  const page = await open("/users");
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: "zoe" }) });
  const texts = () => row.getByRole("cell").allTextContents();
  await expect.poll(texts).toMatchObject(["zoe", "0", "0", "1", /ago|now/]);
});

test("a user is erased only after the id is typed, with a receipt that the audit log keeps", async () => {
  await say("xena", ["04-01", "I live in Rome."]);
  const page = await open("/users/one?user_id=xena");
  await page.getByRole("button", { name: "Erase …" }).click();
  const erase = page.getByRole("button", { name: "Erase for good" });
  expect(await erase.isDisabled()).toBe(true);
  await page.getByRole("textbox", { name: "Type xena to confirm" }).fill("xena");
  await erase.click();
  const receipt = panel(page, "Receipt of the erasure");
  await expect
    .poll(() => receipt.textContent())
    .toMatch(/Everything is erased\. \d.*1 fact.*1 message.*aud_/);
  expect((await client.users.listPage()).users.map(({ user_id: id }) => id)).not.toContain("xena");
  await receipt.getByRole("link", { name: "audit log" }).click();
  const event = page
    .getByRole("table", { name: /Audit log/ })
    .locator("tbody")
    .getByRole("row");
  await expect
    .poll(() => event.allTextContents())
    .toMatchObject([/bootstrap API, 127\.0\.0\.1.*erased.*xena.*1 fact, 1 message.*Receipt aud_/]);
  await page.getByLabel("Action").selectOption("Reads");
  await page.getByText(/read/).first().waitFor();
  expect(page.url()).toMatch(/\/audit\?action=read&user=xena$/);
});

test("an erasure that was refused is not shown as done", async () => {
  const { url, operatorKey } = world; // it may read, but not write
  const headers = { authorization: `Bearer ${operatorKey}` };
  expect((await fetch(`${url}/v1/users/wilma/memories`, { method: "DELETE", headers })).status).toBe(403);
  const page = await open("/audit?action=erase");
  const rows = page.getByRole("table", { name: /Audit log/ }).getByRole("row");
  await expect
    .poll(() => rows.filter({ hasText: "denied" }).allTextContents())
    .toMatchObject([/erase denied/]);
});

test("a search shows scores, marked words and the block for a prompt, in both dialects", async () => {
  await say("yann", ["05-01", "I have a dog called Rex."]);
  const page = await open("/search");
  await page.getByRole("textbox", { name: "Query" }).fill("what is the dog called?");
  await page.getByRole("textbox", { name: "User" }).fill("yann");
  await page.getByRole("button", { name: "Search" }).click();
  for (const dialect of ["Ingest", "Batch"]) {
    // It searches again at once.
    await page.getByRole("button", { name: dialect, exact: true }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(dialect);
    await expect.poll(() => panel(page, "For a prompt").textContent()).toMatch(/about \d+ tokens.*Rex/s);
    await expect.poll(() => page.locator("mark").allTextContents()).toContain("called");
  }
  expect(new URL(page.url()).search).toBe("?q=what+is+the+dog+called%3F&user_id=yann&dialect=batch");
});

test("a search asks for a user, and shows who said a fact and when", async () => {
  await say("will", ["08-01", "I play the harp."]);
  const page = await open("/search");
  const question = page.getByRole("textbox", { name: "Query" });
  await question.fill("who plays the harp?");
  await question.press("Enter");
  await page.getByText("Whose memories?").waitFor();
  await page.keyboard.type("will"); // the field of the user has the focus
  await page.keyboard.press("Enter");
  await page.getByText("fact · said by user on 1 Aug 2025 · user will").waitFor();
  await page.getByRole("link", { name: "User plays the harp." }).click();
  await expect.poll(() => panel(page, "Details").textContent()).toMatch(/Said byuser.*Said1 Aug 2025/);
  expect(await page.getByRole("navigation").locator("[aria-current]").textContent()).toBe("Users");
});

test("a message is quoted as it was sent, with the date of its words beside them", async () => {
  await say("wanda", ["07-01", "I moved to Berlin last month (it was hot)."]);
  const page = await open("/search?q=when+did+the+user+move+to+Berlin&user_id=wanda");
  const found = panel(page, "Found").getByRole("listitem").filter({ hasText: "message · said by" });
  await expect
    .poll(() => found.locator("q").textContent())
    .toBe("I moved to Berlin last month = June 2025 (it was hot).");
  await expect.poll(() => found.textContent()).toMatch(/message · said by user on 1 Jul 2025 · user wanda/);
  await found.getByRole("link").click();
  await page.getByRole("heading", { name: "I moved to Berlin last month (it was hot)." }).waitFor();
  await expect
    .poll(() => panel(page, "What was said").textContent())
    .toMatch(/user · 1 Jul 2025 · conversation of 07-01 · message said-07-01.*last month = June 2025/);
});

test("an episode shows its messages", async () => {
  await say("wim", ["07-01", "Good morning!"]);
  const page = await open("/users/one?user_id=wim");
  await panel(page, "Memories")
    .getByRole("link", { name: /^Conversation of user/ })
    .click();
  await expect
    .poll(() => panel(page, "What was said").textContent())
    .toMatch(/user · 1 Jul 2025.*Good morning!/);
});

test("a long id leaves room for the other columns", async () => {
  const id = `customer-${"0123456789".repeat(7)}`;
  await say(id, ["01-01", "I live in Rome."]);
  const page = await open(`/audit?user=${id}`);
  const details = page.getByRole("cell", { name: /1 fact/ }).first();
  expect((await details.boundingBox())!.width).toBeGreaterThan(300);
});
