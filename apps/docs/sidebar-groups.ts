import { select, selectAll } from "hast-util-select";
import { parseHtml, textOf } from "./html.ts";

/** A group of the sidebar, with the paths of its pages in their order, such as `/guides/waiting/`. */
export interface SidebarGroup {
  readonly label: string;
  readonly paths: readonly string[];
}

/** Reads the sidebar of a built page. */
export function sidebarGroups(html: string): readonly SidebarGroup[] {
  return selectAll("#starlight__sidebar .top-level > li", parseHtml(html)).map((group) => ({
    label: textOf(select(".group-label", group)).trim(),
    paths: [...new Set(selectAll("a[href]", group).map((link) => String(link.properties["href"])))],
  }));
}
