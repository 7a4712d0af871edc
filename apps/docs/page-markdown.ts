// Turns a built page into Markdown, for programs that read the docs.
import { matches, select, selectAll } from "hast-util-select";
import rehypeRemark from "rehype-remark";
import remarkGfm from "remark-gfm";
import remarkStringify from "remark-stringify";
import { unified } from "unified";
import { isElement, parseHtml, textOf, type Element } from "./html.ts";

/** A page in Markdown. */
export interface MarkdownPage {
  readonly title: string;
  readonly description: string;
  /** What follows the title and the description. */
  readonly content: string;
}

const writer = unified().use(rehypeRemark).use(remarkGfm).use(remarkStringify, { bullet: "-" });
/** Elements that have no use in Markdown. */
const notInMarkdown =
  "button, form, link, meta, script, select, style, svg, a:not([href]), [hidden], .sl-anchor-link, .sr-only, .try-sample, [role=tablist]";

/** Converts the HTML of a built page. `linkTo` makes a link of the site absolute. */
export function pageMarkdown(html: string, linkTo: (link: string) => string): MarkdownPage {
  const document = parseHtml(html);
  const description = select("meta[name=description]", document)?.properties["content"] ?? "";
  const title = textOf(select("h1", document)).trim();
  const content = select(".sl-markdown-content", document);
  if (content === undefined) return { title, description, content: "" };

  for (const tab of selectAll("[role=tab]", content)) nameTab(content, tab);
  for (const figure of selectAll("[role=img][aria-label]", content)) describe(figure);
  dropNotInMarkdown(content);
  for (const block of selectAll("pre[data-language]", content)) plainCode(block);
  for (const link of selectAll("a[href]", content))
    link.properties["href"] = linkTo(String(link.properties["href"]));

  const tree = writer.runSync({ type: "root", children: content.children });
  return { title, description, content: writer.stringify(tree).trim() };
}

/** Writes the name of a tab above its panel, and shows the panel. */
function nameTab(content: Element, tab: Element): void {
  const panel = select(
    `[id="${String(tab.properties["ariaControls"] ?? tab.properties["href"]).replace("#", "")}"]`,
    content,
  );
  if (panel === undefined) return;
  delete panel.properties["hidden"];
  panel.children.unshift(paragraph(`${textOf(tab).trim()}:`));
}

/** Replaces a picture by its description. */
function describe(figure: Element): void {
  figure.children = [
    paragraph(`(Picture: ${String(figure.properties["ariaLabel"]).replaceAll(/\s+/g, " ")})`),
  ];
  figure.tagName = "div";
}

function dropNotInMarkdown(element: Element): void {
  element.children = element.children.filter((child) => !isElement(child) || !matches(notInMarkdown, child));
  for (const child of element.children) if (isElement(child)) dropNotInMarkdown(child);
}

/** Removes the colours from a block of code, and keeps its language. */
function plainCode(block: Element): void {
  const code = select("code", block);
  if (code === undefined) return;
  const lines = selectAll(".ec-line", code).map((line) => textOf(line).replace(/\n$/, ""));
  code.properties["className"] = [`language-${String(block.properties["dataLanguage"])}`];
  code.children = [{ type: "text", value: lines.join("\n") }];
}

const paragraph = (value: string): Element => ({
  type: "element",
  tagName: "p",
  properties: {},
  children: [{ type: "text", value }],
});
