import type { JsonSchema } from "./json-schema.ts";

/** What a field of requests means, by its name. A schema can describe its fields itself. */
const meanings: Readonly<Record<string, string>> = {
  add_group_ids: "Groups that get the memory.",
  agent_id: "The agent that sends or stores it.",
  agentic: "The conversation is an agent's work, in which lessons are found.",
  app_id: "The application in which it was said.",
  as_of: "A time in the past; the answer is what was true then. Now, if absent.",
  at: "When it stopped being true. Now, if absent.",
  by_api_key: "Adds the numbers of each API key.",
  confidence: "How sure it is.",
  content: "The text.",
  conv_id: "The conversation.",
  cursor: "The `next_cursor` of the page before.",
  daily: "Adds the numbers of each day.",
  date: "When it was said.",
  dia_id: "Your id of the message.",
  enabled: "Whether deliveries are sent.",
  entities: "Identifiers, such as files, commands and error codes.",
  entity: "Only facts with this subject or object.",
  events: "Which events are sent. All, if absent.",
  expected_updated_at: "Changes nothing if the memory was changed after this time.",
  extract_artifacts: "Also keeps code, lists and documents as a whole.",
  group_id: "Only memories of this group.",
  group_ids: "The groups that share the memories.",
  include_archived: "Also lists archived groups.",
  include_invalidated: "Also lists facts that are no longer true.",
  kind: "Only jobs of this kind.",
  limit: "The most entries in the answer.",
  memories: "The memories.",
  messages: "The messages, in the order in which they were said.",
  metadata: "An object of yours, which comes back with the memory.",
  mode: "`compose` also writes a block of Markdown for a prompt.",
  namespace: "Keeps the lessons of projects apart.",
  object: "The thing or value that the subject is connected with.",
  object_is_literal: "The object is a value, and no thing with a name.",
  offset: "How many entries to skip.",
  order: "The order of the page.",
  predicate: "The connection, such as `works_at`.",
  predicate_family: "Only facts of this family of predicates.",
  prompt: "What the group's memories are about.",
  query: "What to look for, in plain words.",
  remove_group_ids: "Groups that lose the memory.",
  rotate_secret: "Creates a new secret, which the answer shows.",
  run_id: "The run or session of the agent.",
  since: "Only events from this time on.",
  status: "Only entries with this status.",
  subject: "Whom or what the fact is about; `self` is the user.",
  tense: "`past` ends the fact that it restates; `planned` ends none.",
  timestamp: "When it happened or was said.",
  timestamp_format: "The format of the messages' dates, in the notation of `strptime`.",
  token_budget: "The most tokens in the text.",
  type: "Only memories of this type.",
  until: "Only events before this time.",
  url: "Where deliveries are sent.",
  user_id: "The person whom the memories are about.",
  valid_from: "When it became true. Now, if absent.",
};

/** Adds a description to every field of a request that has none. */
export function describeFields(schema: JsonSchema | boolean): void {
  if (typeof schema === "boolean") return;
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    if (typeof field === "boolean") continue;
    const meaning = meanings[name];
    if (meaning !== undefined && field.description === undefined && !isDescribedInside(field))
      field.description = meaning;
    describeFields(field);
  }
  if (schema.items !== undefined && !Array.isArray(schema.items)) describeFields(schema.items);
  schema.anyOf?.forEach(describeFields);
}

/** Whether an alternative of the field has a description. */
const isDescribedInside = ({ anyOf = [] }: JsonSchema) =>
  anyOf.some((part) => typeof part !== "boolean" && part.description !== undefined);
