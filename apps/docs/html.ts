// Reads built pages.
import type { select } from "hast-util-select";
import rehypeParse from "rehype-parse";
import { unified } from "unified";

export type Element = NonNullable<ReturnType<typeof select>>;
export type Node = Element["children"][number];

const parser = unified().use(rehypeParse);

/** The tree of a document. */
export const parseHtml = (html: string) => parser.parse(html);

export const isElement = (node: Node): node is Element => node.type === "element";

/** The text in a node and below it. */
export function textOf(node: Node | undefined): string {
  if (node?.type === "text") return node.value;
  return node !== undefined && isElement(node) ? node.children.map(textOf).join("") : "";
}
