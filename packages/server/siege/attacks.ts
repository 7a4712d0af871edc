import type * as fc from "fast-check";
import { bodyAttacks } from "./body-attacks.ts";
import { malformedAttacks } from "./malformed-attacks.ts";
import type { Strike } from "./strike.ts";
import { textAttacks } from "./text-attacks.ts";
import { workAttacks } from "./work-attacks.ts";

/** All kinds of attack by name. Each draws a strike from a seed. */
export const attacks: ReadonlyMap<string, fc.Arbitrary<Strike>> = new Map<string, fc.Arbitrary<Strike>>(
  Object.entries({ ...textAttacks, ...bodyAttacks, ...malformedAttacks, ...workAttacks }),
);
