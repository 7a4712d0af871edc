// Starts the example's server and uses its page. Checks that the README contains the example's files.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { launchOptions } from "@memlane/chromium";
import { chromium } from "playwright";
import { expect, onTestFinished, test } from "vitest";

const folder = new URL("../examples/progress/", import.meta.url);

test("the example's page shows the progress of an import in both views, over one connection", async () => {
  const child = spawn(process.execPath, ["serve.ts"], {
    cwd: folder,
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const browser = await chromium.launch(launchOptions);
  onTestFinished(async () => {
    await browser.close();
    child.kill();
    await once(child, "exit");
  });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const page = await browser.newPage();
  const watched: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/v1/")) watched.push(new URL(request.url()).pathname);
  });
  await page.goto(line.split(" ")[0]!);
  await page.getByRole("button", { name: "Import" }).click();
  await page.getByRole("status").filter({ hasText: "Done: 3 imported, 1 not" }).first().waitFor();
  await page.getByText("Without a framework: completed").waitFor();
  const bar = page.getByRole("progressbar", { name: "Importing your notes" });
  expect(await bar.evaluate((element: HTMLProgressElement) => element.position)).toBe(1);
  expect(watched).toEqual([expect.stringMatching(/^\/v1\/jobs\/job_\w+\/events$/)]);
}, 60_000);

test("the README contains the example's files unchanged", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  for (const file of ["backend.ts", "show-status.ts", "import-progress.tsx"]) {
    const language = file.split(".")[1];
    const code = await readFile(new URL(file, folder), "utf8");
    expect(readme).toContain(`\`\`\`${language}\n${code.trimEnd()}\n\`\`\``);
  }
});
