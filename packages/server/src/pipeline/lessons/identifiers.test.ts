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
