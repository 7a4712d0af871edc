import { existsSync, readFileSync, statSync } from "node:fs";
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

test("llms.txt lists every page, and each is there as Markdown, whose links lead somewhere", () => {
  const listed = linksOf("llms.txt").filter((file) => file.endsWith(".md"));
  const pages = builtPages.filter((path) => !["/", "/404.html"].includes(path));
  expect(listed.toSorted()).toEqual(pages.map((path) => `${path.slice(1, -1)}.md`).toSorted());
  const broken = listed.flatMap((page) =>
    linksOf(page)
      .filter((file) => !existsSync(join(distFolder, file)))
      .map((file) => `${page} → ${file}`),
  );
  expect(broken).toEqual([]);
});

test("llms-small.txt fits anywhere, and llms-full.txt has every page", () => {
  const sizeOf = (file: string) => statSync(join(distFolder, file)).size;
  expect(sizeOf("llms-small.txt")).toBeLessThan(20_000);
  const full = readFileSync(join(distFolder, "llms-full.txt"), "utf8");
  const titles = linksOf("llms.txt")
    .filter((file) => file.endsWith(".md"))
    .map((file) => readFileSync(join(distFolder, file), "utf8").split("\n")[0]!);
  expect(titles.filter((title) => !full.includes(title))).toEqual([]);
});

/** The files of the site that a text links to. */
function linksOf(file: string): string[] {
  const text = readFileSync(join(distFolder, file), "utf8");
  const links = [...text.matchAll(/\]\((https:\/\/memlane\.github\.io\/[^)#\s]*)/g)];
  return links.map(([, link = ""]) => new URL(link).pathname.slice(1).replace(/^$/, "index.md"));
}

test("what is for machines is there: the sitemap and the search index", () => {
  const site = (file: string) => readFileSync(join(distFolder, file), "utf8");
  expect(site("llms-full.txt")).toContain("pollUntilDone");
  expect(site("sitemap-0.xml")).toContain("/guides/waiting/");
  expect(existsSync(join(distFolder, "pagefind", "pagefind.js"))).toBe(true);
});
