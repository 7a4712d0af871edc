import { launchOptions } from "@memlane/chromium";
import { chromium } from "playwright";
import { haveConversation, importBatch, startWorld } from "./world.ts";
const world = await startWorld();
await haveConversation(world);
await importBatch(world);
const say = (text: string, date: string, conv = "c2") => world.client.memories.ingestAndWait({ user_id: "sam", conv_id: conv, messages: [{ role: "user", content: text, date, dia_id: "D9:1" }] });
await say("I live in Oslo. I work for Acme.", "2024-02-01T10:00:00Z");
await say("I moved to Bergen. I like tea and I have a dog called Rex.", "2025-01-10T10:00:00Z");
await say("I work for Globex now.", "2025-08-10T10:00:00Z");
await world.client.memories.create({ content: "I drive a red bike.", user_id: "sam" });
await new Promise((r) => setTimeout(r, 1500));
const browser = await chromium.launch(launchOptions);
const memories = (await world.client.memories.listPage({ user_id: "sam", limit: 50 })).data;
const oslo = memories.find((m) => /Acme|Globex/.test(m.text))!;
const screens = ["/users", "/users/one?user_id=sam", `/memories/${oslo.id}`, "/search?q=where+does+the+user+live%3F&user_id=sam", "/search?q=bike&user_id=sam&dialect=batch", ...process.argv.slice(2)];
for (const [name, width, scheme] of [["wide", 1440, "light"], ["phone", 390, "dark"]] as const) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  page.on("console", (m) => m.type() === "error" && console.log(name, m.text()));
  page.on("pageerror", (e) => console.log(name, String(e)));
  for (const [i, s] of screens.entries()) {
    await page.goto("about:blank");
    await page.goto(`${world.url}/console${s}#key=${world.apiKey}`);
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `/tmp/shot-${name}-${i}.png`, fullPage: true });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overflow > 0) console.log(name, s, "overflows by", overflow);
  }
  await page.close();
}
await browser.close();
await world.stop();
