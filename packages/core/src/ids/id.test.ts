import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  groupIdArbitrary,
  idSpellingArbitrary,
  jobIdArbitrary,
  memoryIdArbitrary,
} from "../testing/id-arbitraries.ts";
import { groupIds, jobIds, memoryIds, type IdCodec } from "./id.ts";
import { parseUuid, parseUuidHex, printUuidHex, type Uuid } from "./uuid.ts";

function codecLaws<Id extends Uuid>(name: string, ids: IdCodec<Id>, arbitrary: fc.Arbitrary<Id>) {
  describe(`for all ${name} ids`, () => {
    test("what is printed reads back as the same id", () => {
      fc.assert(
        fc.property(arbitrary, (id) => {
          expect(ids.parse(ids.print(id))).toBe(id);
        }),
      );
    });

    test("only one spelling is printed: the prefix and 32 lower-case hex digits", () => {
      fc.assert(
        fc.property(arbitrary, (id) => {
          expect(ids.print(id)).toMatch(new RegExp(`^${ids.prefix}[0-9a-f]{32}$`));
        }),
      );
    });

    test("every accepted spelling reads as the same id", () => {
      const spelled = arbitrary.chain((id) => fc.tuple(fc.constant(id), idSpellingArbitrary(ids, id)));
      fc.assert(
        fc.property(spelled, ([id, text]) => {
          expect(ids.parse(text)).toBe(id);
        }),
      );
    });

    test("the value is the canonical UUID itself", () => {
      fc.assert(
        fc.property(arbitrary, (id) => {
          expect(parseUuid(id)).toBe(id);
        }),
      );
    });

    test("a spelling with an extra, missing or different character is refused", () => {
      const spellings = arbitrary.chain((id) =>
        fc
          .tuple(idSpellingArbitrary(ids, id), fc.nat(), fc.constantFrom("", "g", " ", "-", "_", "٣", "0 "))
          .map(([text, place, other]) => {
            const at = place % text.length;
            return { text, broken: text.slice(0, at) + other + text.slice(at + 1) };
          })
          .filter(({ text, broken }) => broken !== text),
      );
      fc.assert(
        fc.property(spellings, ({ broken }) => {
          expect(ids.parse(broken)).toBeUndefined();
        }),
      );
    });
  });
}

codecLaws("job", jobIds, jobIdArbitrary);
codecLaws("memory", memoryIds, memoryIdArbitrary);
codecLaws("group", groupIds, groupIdArbitrary);

test("nothing else is an id", () => {
  fc.assert(
    fc.property(fc.fullUnicodeString(), (text) => {
      expect(jobIds.parse(text)).toBeUndefined();
    }),
  );
});

test.each([
  "",
  "job_",
  "8f2c1aab4d7e4f0c9a1b2c3d4e5f6a7b", // neither a prefix nor dashes
  "JOB_8f2c1aab4d7e4f0c9a1b2c3d4e5f6a7b",
  "mem_8f2c1aab4d7e4f0c9a1b2c3d4e5f6a7b",
  "job_8f2c1aab-4d7e-4f0c-9a1b-2c3d4e5f6a7b",
  "8f2c1aab-4d7e-4f0c-9a1b-2c3d4e5f6a7b\n",
  "{8f2c1aab-4d7e-4f0c-9a1b-2c3d4e5f6a7b}",
])("%j is no job id", (text) => {
  expect(jobIds.parse(text)).toBeUndefined();
});

test("for all UUIDs, the bare hex reads back as the same UUID", () => {
  fc.assert(
    fc.property(jobIdArbitrary, (id) => {
      expect(parseUuidHex(printUuidHex(id))).toBe(id);
    }),
  );
});
