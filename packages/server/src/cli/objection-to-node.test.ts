import { expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { objectionToNode, oldestNode } from "./objection-to-node.ts";

test("versions of Node.js are refused up to the oldest that the package supports", () => {
  expect(packageJson.engines.node).toBe(`>=${oldestNode}`);
  expect(["22.18.0", "22.20.1", "24.0.0"].filter(objectionToNode)).toEqual([]);
  expect(["20.19.5", "22.17.9"].filter(objectionToNode)).toEqual(["20.19.5", "22.17.9"]);
});
