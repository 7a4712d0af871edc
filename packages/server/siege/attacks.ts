import type * as fc from "fast-check";
import { bodyAttacks } from "./body-attacks.ts";
import { malformedAttacks } from "./malformed-attacks.ts";
import type { Strike } from "./strike.ts";
import { textAttacks } from "./text-attacks.ts";
import { workAttacks } from "./work-attacks.ts";

/** Every kind of attack by its name: draws a strike from a seed. */
export const attacks: ReadonlyMap<string, fc.Arbitrary<Strike>> = new Map<string, fc.Arbitrary<Strike>>(
  Object.entries({ ...textAttacks, ...bodyAttacks, ...malformedAttacks, ...workAttacks }),
);
