import * as fc from "fast-check";
import {
  groupIds,
  jobIds,
  memoryIds,
  type GroupId,
  type IdCodec,
  type JobId,
  type MemoryId,
} from "../ids/id.ts";
import { printUuidHex, type Uuid } from "../ids/uuid.ts";

const idArbitrary = <Id extends Uuid>(ids: IdCodec<Id>): fc.Arbitrary<Id> =>
  fc.uuid().map((uuid) => ids.parse(uuid)!);

/** Any job id, of any version of UUID. */
export const jobIdArbitrary: fc.Arbitrary<JobId> = idArbitrary(jobIds);
/** Any memory id. */
export const memoryIdArbitrary: fc.Arbitrary<MemoryId> = idArbitrary(memoryIds);
/** Any group id. */
export const groupIdArbitrary: fc.Arbitrary<GroupId> = idArbitrary(groupIds);

/** Any accepted spelling of an id: with its prefix or as a UUID with dashes, each digit in either case. */
export function idSpellingArbitrary<Id extends Uuid>(ids: IdCodec<Id>, id: Id): fc.Arbitrary<string> {
  return fc.tuple(fc.boolean(), fc.infiniteStream(fc.boolean())).map(([hasPrefix, isUpper]) => {
    const digits = Array.from(hasPrefix ? printUuidHex(id) : id, (digit) =>
      isUpper.next().value ? digit.toUpperCase() : digit,
    );
    return (hasPrefix ? ids.prefix : "") + digits.join("");
  });
}
