// npm run picture: takes pictures of the screen "Overview" with a busy hour, for the README and the docs.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Client as Database } from "pg";
import { launchBrowser, openTab } from "./test/browser.ts";
import { openSeed, uuidV7 } from "./test/seed.ts";
import { startWorld } from "./test/world.ts";

const folder = join(import.meta.dirname, "../../apps/docs/src/landing");

/** Inserts jobs that ended in the last hour. Their number rises and falls in waves; the more there are, the longer they wait. */
function insertBusyHour(database: Database): Promise<unknown> {
  return database.query(
    `insert into memlane.job (id, org_id, kind, state, received, imported, created_at, updated_at, expires_at, waited_ms, dialect)
     select ${uuidV7("at", "minute * 100 + number")}, 'org_acme', 'batch', 'succeeded', 1, 1, at, at + wait + interval '1 second', now() + interval '1 day',
       extract(epoch from wait) * 1000, 'batch'
     from generate_series(0, 59) as minute,
       lateral (select 30 + 14 * sin(minute / 6.0) + 9 * sin(minute / 2.3) as load) as busy,
       generate_series(1, floor(load)::integer) as number,
       lateral (select
         now() - (minute + number / load) * interval '1 minute' as at,
         (0.04 + (number % 10 / 10.0) ^ 3 * load / 90) * interval '1 second' as wait) as spread`,
  );
}

const { world, stop } = await startWorld();
const seed = await openSeed(world);
const browser = await launchBrowser();
try {
  await insertBusyHour(seed.database);
  process.kill(world.workerPid, "SIGSTOP"); // so that some jobs wait
  await Promise.all(
    ["one", "two", "three", "four"].map((content) => seed.client.batch.create([{ content }])),
  );
  await mkdir(folder, { recursive: true });
  for (const theme of ["light", "dark"]) {
    const { page } = await openTab(browser, { width: 1280, height: 800, isDark: theme === "dark" });
    await page.goto(`${world.url}/console#key=${world.operatorKey}`);
    await page.locator(".chart canvas").nth(1).waitFor();
    await page.screenshot({ path: join(folder, `console-${theme}.png`), fullPage: true });
  }
} finally {
  process.kill(world.workerPid, "SIGCONT");
  await browser.close();
  await seed.close();
  await stop();
}
