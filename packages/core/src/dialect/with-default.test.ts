import { expect, test } from "vitest";
import * as z from "zod/mini";
import { factRequestWire, forgetFactRequestWire } from "../batch/fact-requests.ts";
import {
  batchCreateRequestWire,
  batchItemWire,
  batchSearchRequestWire,
  memoryPatchWire,
} from "../batch/requests.ts";
import { groupCreateRequestWire } from "../ingest/group-requests.ts";
import { ingestRequestWire, ingestSearchRequestWire, messageWire } from "../ingest/requests.ts";
import { triggerRequestWire } from "../ingest/trigger.ts";
import { jobChangeRequestWire } from "../job/job-change-request.ts";

const content = "I like tea.";
const message = { role: "user", content };
const fact = { subject: "Ann", predicate: "works at", object: "Globex" };

test.each([
  ["a message", messageWire, { role: "user" }],
  ["a conversation", ingestRequestWire, { messages: [message], user_id: "u", conv_id: "c" }],
  ["a search of the ingest dialect", ingestSearchRequestWire, { query: "tea", user_id: "u" }],
  ["a trigger", triggerRequestWire, { entities: ["x"], user_id: "u" }],
  ["an item of a batch", batchItemWire, { content }],
  ["a memory", batchCreateRequestWire, { content }],
  ["a change of a memory", memoryPatchWire, { content }],
  ["a search of the batch dialect", batchSearchRequestWire, { query: "tea" }],
  ["a fact", factRequestWire, fact],
  ["the end of a fact", forgetFactRequestWire, {}],
  ["a new group", groupCreateRequestWire, { name: "Family" }],
  ["a change of jobs", jobChangeRequestWire, { filter: {} }],
])("null in any optional field of %s means that it is left out", (_, schema, least) => {
  const { properties = {} } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  const nulls = Object.fromEntries(
    Object.keys(properties)
      .filter((name) => !(name in least))
      .map((name) => [name, null]),
  );
  const withoutNulls = (body: unknown) =>
    Object.fromEntries(
      Object.entries(z.record(z.string(), z.unknown()).parse(body)).filter(([, value]) => value !== null),
    );
  expect(withoutNulls(schema.parse({ ...nulls, ...least }))).toEqual(schema.parse(least));
});
