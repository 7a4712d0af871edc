import * as fc from "fast-check";
import { memoryStatuses, memoryTypes, tenses, type Memory } from "../memory/memory.ts";
import { groupIdArbitrary, memoryIdArbitrary } from "./id-arbitraries.ts";
import { instantArbitrary } from "./job-arbitraries.ts";
import { storableJsonArbitrary } from "./json-arbitraries.ts";
import { storableTextArbitrary } from "./text-arbitrary.ts";

const maybeText = fc.option(storableTextArbitrary);
const texts = fc.array(storableTextArbitrary, { maxLength: 3 });

/** Any memory that can be stored. */
export const memoryArbitrary: fc.Arbitrary<Memory> = fc.record({
  id: memoryIdArbitrary,
  type: fc.constantFrom(...memoryTypes),
  text: storableTextArbitrary,
  status: fc.constantFrom(...memoryStatuses),
  userId: maybeText,
  agentId: maybeText,
  appId: maybeText,
  conversationId: maybeText,
  runId: maybeText,
  metadata: fc.dictionary(fc.stringMatching(/^[a-z]{1,12}$/), storableJsonArbitrary, { maxKeys: 4 }),
  isVerbatim: fc.boolean(),
  categories: texts,
  groupIds: fc.array(groupIdArbitrary, { maxLength: 3 }),
  factType: maybeText,
  supersedes: fc.option(memoryIdArbitrary),
  sourceRole: maybeText,
  sourceEventIds: texts,
  occurredAt: fc.option(instantArbitrary),
  validFrom: fc.option(instantArbitrary),
  invalidAt: fc.option(instantArbitrary),
  tense: fc.option(fc.constantFrom(...tenses)),
  createdAt: instantArbitrary,
  updatedAt: instantArbitrary,
});
