import { expect, test } from "vitest";
import { findArtifacts } from "./find-artifacts.ts";

const find = (content: string) =>
  findArtifacts([{ role: "user", content }]).map(({ title, rationale, content: kept }) => [
    title,
    rationale.split(" ")[0],
    kept,
  ]);
const items = (count: number) => Array.from({ length: count }, (_, index) => `- item ${index}`).join("\n");

test("a list has at least five items and the title of the line before it", () => {
  expect(find(`Groceries:\n\n${items(5)}\nThanks`)).toEqual([["Groceries", "List", items(5)]]);
  expect(find(items(6))).toEqual([["item 0", "List", items(6)]]);
  expect(find(items(4))).toEqual([]);
});

test("a document goes from its heading to the end, with the code and lists in it", () => {
  const document = `# Plan **B**\n\nfirst\n\n${items(5)}\n\`\`\`\na\nb\nc\n\`\`\``;
  expect(find(`Look at this\n${document}`)).toEqual([["Plan B", "Document", document]]);
  expect(find("# Only a title\nand a line")).toEqual([]);
});

test("code has at least three lines; its title is its first line if nothing introduces it", () => {
  expect(find("```js\n// sort.js\nlet a;\nlet b;\n```")).toEqual([
    ["sort.js", "Code", "// sort.js\nlet a;\nlet b;"],
  ]);
  expect(find("```\nnpm test\n```")).toEqual([]);
  expect(find("```\na\nb\nc")).toEqual([["a", "Code", "a\nb\nc"]]);
});

test("a title taken from code keeps the characters that are marks in Markdown", () => {
  for (const line of ["SELECT count(*) AS users", "def user_id(*args):", "echo `date`", "**kwargs"])
    expect(find(`\`\`\`\n${line}\nb\nc\n\`\`\``)).toEqual([[line, "Code", `${line}\nb\nc`]]);
  expect(find("The **query** of `users`:\n```\na\nb\nc\n```")[0]![0]).toBe("The query of users");
});

test("a plain text has none, and a long one keeps its beginning", () => {
  expect(find("I live in Oslo.")).toEqual([]);
  const [[, , kept]] = find(`# Long\n${"word\n".repeat(10_000)}`) as [[string, string, string]];
  expect(kept).toHaveLength(20_000);
});
