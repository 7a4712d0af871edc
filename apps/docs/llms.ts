// Writes every page as Markdown, and the files with which coding agents begin: llms.txt, llms-small.txt and llms-full.txt.
import { readFile, writeFile } from "node:fs/promises";
import type { AstroIntegration } from "astro";
import { pageMarkdown } from "./page-markdown.ts";
import { sidebarGroups } from "./sidebar-groups.ts";

interface LlmsOptions {
  readonly title: string;
  readonly description: string;
  /** What an agent should know before it chooses a page, in Markdown. */
  readonly details: string;
  /** The pages of the small file, such as `/start/node/`. */
  readonly small: readonly string[];
}

/** An integration that runs after the site is built. */
export function llms({ title, description, details, small }: LlmsOptions): AstroIntegration {
  let site: string | undefined;
  return {
    name: "memlane:llms",
    hooks: {
      "astro:config:done": ({ config }) => {
        site = config.site;
      },
      "astro:build:done": async ({ dir, pages }) => {
        const paths = pages.map(({ pathname }) => `/${pathname}`).filter((path) => path !== "/404/");
        const read = (path: string) => readFile(new URL(`.${path}index.html`, dir), "utf8");
        const write = (file: string, parts: readonly string[]) =>
          writeFile(new URL(`.${file}`, dir), `${parts.filter(Boolean).join("\n\n")}\n`);
        const linkTo = (link: string) => {
          const { origin, pathname, hash } = new URL(link, site);
          if (!link.startsWith("/")) return link;
          return origin + (paths.includes(pathname) ? fileOf(pathname) : pathname) + hash;
        };

        const texts = new Map<string, string>();
        const lines = new Map<string, string>();
        for (const path of paths) {
          const page = pageMarkdown(await read(path), linkTo);
          const isDescribed = page.description !== description;
          const parts = [`# ${page.title}`, isDescribed ? `> ${page.description}` : "", page.content];
          await write(fileOf(path), parts);
          texts.set(path, parts.filter(Boolean).join("\n\n"));
          lines.set(path, `- [${page.title}](${linkTo(path)})${isDescribed ? `: ${page.description}` : ""}`);
        }

        const groups = sidebarGroups(await read(small[0]!));
        const inOrder = ["/", ...groups.flatMap((group) => group.paths)];
        const about = [`# ${title}`, `> ${description}`, details];
        const textOf = (path: string) => texts.get(path) ?? "";
        await write("/llms.txt", [
          ...about,
          `Every page is also Markdown, at its address with \`.md\`. [llms-small.txt](${linkTo("/llms-small.txt")}) has the first pages ` +
            `in one file, and [llms-full.txt](${linkTo("/llms-full.txt")}) has all pages.`,
          ...groups.flatMap((group) => [
            `## ${group.label}`,
            group.paths.map((path) => lines.get(path)).join("\n"),
          ]),
        ]);
        await write("/llms-small.txt", [...about, ...small.map(textOf)]);
        await write("/llms-full.txt", [...about, ...inOrder.map(textOf)]);
      },
    },
  };
}

/** The Markdown file of a page: `/guides/waiting.md` for `/guides/waiting/`. */
const fileOf = (path: string) => (path === "/" ? "/index.md" : `${path.slice(0, -1)}.md`);
