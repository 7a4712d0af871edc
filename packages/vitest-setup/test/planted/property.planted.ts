import * as fc from "fast-check";
import { test } from "vitest";

test("a property that fails", () => {
  fc.assert(fc.property(fc.integer(), () => false));
});
