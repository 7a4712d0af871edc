import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { builtPages, distFolder } from "./built-pages.ts";

const htmlOf = (path: string) =>
  readFileSync(join(distFolder, path.endsWith("/") ? `${path}index.html` : path), "utf8");
const attributes = (html: string, name: "id" | "href" | "src") =>
  [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, "g"))].map(([, value = ""]) =>
    value.replaceAll("&amp;", "&"),
  );

const idsByPage = new Map(builtPages.map((path) => [path, new Set(attributes(htmlOf(path), "id"))]));

test("every link within the site leads somewhere, to its heading too", () => {
  expect(builtPages.length).toBeGreaterThan(40);
  const broken = builtPages.flatMap((page) => {
    const html = htmlOf(page);
    const links = [...attributes(html, "href"), ...attributes(html, "src")];
    return links.filter((link) => !isFine(page, link)).map((link) => `${page} → ${link}`);
  });
  expect(broken).toEqual([]);
});

function isFine(page: string, link: string): boolean {
  const { origin, pathname, hash } = new URL(link, `http://site${page}`);
  if (origin !== "http://site") return true;
  const ids = idsByPage.get(pathname);
  if (ids === undefined) return existsSync(join(distFolder, decodeURI(pathname)));
  return hash === "" || hash === "#_top" || ids.has(decodeURIComponent(hash.slice(1)));
}

test("what is for machines is there: llms.txt, llms-full.txt, the sitemap and the search index", () => {
  const site = (file: string) => readFileSync(join(distFolder, file), "utf8");
  expect(site("llms.txt")).toContain("llms-full.txt");
  expect(site("llms-full.txt")).toContain("pollUntilDone");
  expect(site("sitemap-0.xml")).toContain("/guides/waiting/");
  expect(existsSync(join(distFolder, "pagefind", "pagefind.js"))).toBe(true);
});
