import { expect, test } from "vitest";
import { identifiersIn, identifiersOfAction } from "./identifiers.ts";

test("identifiers are code, commands and words that are not prose", () => {
  const text = "Run `make all`, then git push; see (src/app.ts) and NODE_ENV, not ann@example.com or and/or.";
  expect(identifiersIn(text)).toEqual(["make all", "git push", "src/app.ts", "NODE_ENV"]);
});

test("an action is known by its tool, its arguments, and the identifiers of its output", () => {
  const found = identifiersOfAction({
    tool: "bash",
    args: { command: "cd app && git push origin main", files: ["/repo/src/config.ts"] },
    output: "error: failed to push, see EACCES in /var/log/app.log",
  });
  expect(found).toEqual(
    expect.arrayContaining(["bash", "git push", "config.ts", "src/config.ts", "EACCES", "app.log"]),
  );
  expect(found).not.toContain("failed");
});

test("a huge action costs little", () => {
  const args = { text: "a/b ".repeat(1_000_000), deep: Array.from({ length: 10_000 }, () => ({ x: "y_z" })) };
  expect(identifiersOfAction({ args, output: "x".repeat(5_000_000) }).length).toBeLessThan(5001);
});

test.each([
  ["texts", Array.from({ length: 400 }, (_, index) => `a `.repeat(10_000) + index)],
  ["values", Array.from({ length: 200 }, () => Array.from({ length: 400 }, () => []))],
])("an action with many %s is not read to its end", (_, args) => {
  const { user } = process.threadCpuUsage();
  for (let time = 0; time < 10; time += 1) identifiersOfAction({ args, output: args });
  expect((process.threadCpuUsage().user - user) / 1000).toBeLessThan(3000); // milliseconds
});

test("no identifier has a character that the database cannot store", () => {
  expect(identifiersOfAction({ tool: "a\0b", args: ["c\0d", "\uD800", "e_f"] })).toEqual(["e_f"]);
});
