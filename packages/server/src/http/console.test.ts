import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createConsole } from "./console.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "memlane-console-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<!doctype html>");
  await writeFile(join(folder, "assets", "console-A1.js"), "let a");
  await writeFile(join(folder, "assets", "console-A1.js.br"), "small");
  await writeFile(join(folder, "secret.txt"), "secret");
});
afterAll(() => rm(folder, { recursive: true }));

const get = async (path: string, headers: Record<string, string> = {}) =>
  createConsole(folder)(new Request(`http://memlane.test${path}`, { headers }));

describe("the console", () => {
  test.each(["/console", "/console/", "/console/jobs/job_1", "/console/secret.txt"])(
    "answers %s with its page, which the browser asks for again each time",
    async (path) => {
      const page = await get(path);
      expect(await page.text()).toBe("<!doctype html>");
      expect(page.headers.get("content-type")).toMatch("text/html");
      expect(page.headers.get("cache-control")).toBe("no-cache");
      const again = await get(path, { "if-none-match": page.headers.get("etag")! });
      expect(again.status).toBe(304);
    },
  );

  test("sends a file compressed, to be kept for ever", async () => {
    const file = await get("/console/assets/console-A1.js", { "accept-encoding": "gzip, br" });
    expect(await file.text()).toBe("small");
    expect(Object.fromEntries(file.headers)).toMatchObject({
      "content-encoding": "br",
      "content-type": expect.stringContaining("javascript"),
      "cache-control": "public, max-age=31536000, immutable",
    });
    expect(await (await get("/console/assets/console-A1.js")).text()).toBe("let a");
  });

  test.each([
    "/console/assets/old.js",
    "/console/assets/..%2fsecret.txt",
    "/console/assets/%2e%2e/secret.txt",
  ])("does not answer %s with a file", async (path) => {
    const answer = await get(path);
    expect(await answer.text()).not.toBe("secret");
    expect(answer.headers.get("cache-control") ?? "").not.toMatch("immutable");
  });

  test("runs and calls only what comes from its own server", async () => {
    const policy = (await get("/console")).headers.get("content-security-policy");
    expect(policy).toMatch("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toMatch("unsafe");
  });

  test("says how to build it if it is not built", async () => {
    const answer = await createConsole(join(folder, "nothing"))(new Request("http://memlane.test/console"));
    expect(answer.status).toBe(404);
    expect(await answer.text()).toMatch("npm run console");
  });
});
