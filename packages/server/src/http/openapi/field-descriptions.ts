import type { core } from "zod/mini";

type JsonSchema = core.JSONSchema.BaseSchema;

/**
 * What a field means, by its name. With `beside`, only in a schema that also has that field, because the name has several meanings.
 */
type Meanings = Readonly<Record<string, string | { readonly text: string; readonly beside: string }>>;

/** What the fields of requests mean. A schema can describe its fields itself. */
const requestMeanings: Meanings = {
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
  days: "How many days the numbers are about.",
  date: "When it was said.",
  dia_id: "Your id of the message.",
  dry_run: "Only counts the jobs.",
  entities: "Identifiers, such as files, commands and error codes.",
  entity: "Only facts with this subject or object.",
  expected_updated_at: "Changes nothing if the memory was changed after this time.",
  extract_artifacts: "Also keeps code, lists and documents as a whole.",
  filter: "Which jobs, in the same words as the list of jobs.",
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
  status: { text: "Only entries with this status.", beside: "limit" },
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
  window: "How far back the course goes.",
};

const answerMeanings: Meanings = {
  agent_id: "The agent that sent or stored it.",
  app_id: "The application in which it was said.",
  artifact_id: "The artifact that the memory belongs to.",
  attempts: {
    text: "How many times the job has been started. Only while a failed attempt is repeated.",
    beside: "last_error",
  },
  audit_id: "The event in the audit log.",
  because: "The reason of a lesson, if one was given.",
  categories: "The kinds of what it says.",
  completion_tokens: "Tokens that the model wrote.",
  confidence: "How sure it is, from 0 to 1.",
  content: "The text.",
  context: "A block of Markdown for a prompt.",
  conv_id: "The conversation that it comes from.",
  ended_at: "When the last message of the episode was said.",
  episode_id: "The episode that it was found in.",
  error: "Why it failed.",
  errors: { text: "The items that were not stored, with their reasons.", beside: "imported" },
  expires_at: { text: "Until when it can be read.", beside: "status" },
  extractor: "What read the messages.",
  fact_ids: "The facts that were found in it.",
  fact_type: "The kind of the fact.",
  failed: { text: "Items that were not stored.", beside: "imported" },
  fallback_reason: "Why the rules replaced the model.",
  full_content: "The whole artifact, with `include=full_content`.",
  group_ids: "The groups that share it.",
  has_more: "Whether there is another page.",
  ignored_group_ids: "Groups of the request that are unknown or archived.",
  imported: "Items that were stored.",
  index: "The place in the request, from 0.",
  invalid_at: "When it stopped being true, or will stop; null while no end is known.",
  invalidated_by: "The fact that replaced it.",
  last_active: "When something was last stored.",
  last_confirmed_at: "When it was last said again.",
  last_error: { text: "Why the last attempt failed. Only while it is repeated.", beside: "attempts" },
  left_out: "Memories that are not in this list, because it would be too long.",
  matched_on: "The identifiers that were found.",
  memories_created: "New memories.",
  memories_superseded_by: "The new memory for each old one that it replaces, by their ids.",
  memories_updated: "Memories that were said again.",
  memory_ids: "The memories that come from it.",
  messages: { text: "The outcome of each message.", beside: "memories_created" },
  next_attempt_at: "When the next attempt begins.",
  next_cursor: "Send it as `cursor` for the next page; null on the last one.",
  object_canonical: "The name that the object has now.",
  observation_count: "How often it was said.",
  occurred_at: "When it happened or was said.",
  outcome: "What happened to it.",
  percent: "The used part of the quota, rounded down.",
  predicate_family: "The family of the predicate, for filters.",
  predicate_raw: "The predicate in the words in which it was said.",
  prompt_tokens: "Tokens that the model read.",
  quote: "The words of a message as they were sent. Only a message has it.",
  rationale: "Why the artifact is kept.",
  received: "Items in the request.",
  redactions: "How many secrets were replaced, by kind.",
  refused_claims: "Statements of the model that no message supports.",
  replaced_characters: "Characters that the database cannot store, and that were replaced.",
  result: { text: "What was remembered; null until the job has succeeded.", beside: "error" },
  retryable: "Whether a retry can help.",
  root_id: "The first version of the artifact.",
  score: "How well it matches, in search results.",
  skipped_parts: "Parts of the message that are no text.",
  source_fact_ids: "The facts that belong to the artifact.",
  source_memory_id: "The first of `source_memory_ids`.",
  source_memory_ids: "The memories that state it.",
  source_role: "Who said it.",
  stage_timings: "Seconds in each stage of the pipeline.",
  started_at: "When the first message of the episode was said.",
  steps: "The steps of a procedure.",
  subject_canonical:
    'The name that the subject has now: after "Acme is now called Globex", it is `Globex` for `Acme`.',
  supersedes: "The older memory that it replaces.",
  tense: "Whether it was already over, going on or still to come when it was said.",
  text: "The text.",
  token: "A token that can read only this job.",
  total: "How many there are in all pages.",
  trigger_entities: "The identifiers that recall it.",
  unread_messages: "Messages that the model did not read, because its budget was used up.",
  user_id: "The person whom it is about.",
  valid_from: "Since when it is true.",
  version: { text: "The version of the artifact, from 1.", beside: "root_id" },
};

const meaningsOf = { input: requestMeanings, output: answerMeanings };

/** Adds a description to every field that has none: of a request (`input`), or of an answer. */
export function describeFields(schema: JsonSchema | boolean, side: "input" | "output"): void {
  if (typeof schema === "boolean") return;
  const { properties = {} } = schema;
  for (const [name, field] of Object.entries(properties)) {
    if (typeof field === "boolean") continue;
    const meaning = meaningIn(properties, meaningsOf[side][name]);
    if (meaning !== undefined && field.description === undefined && !isDescribedInside(field))
      field.description = meaning;
    describeFields(field, side);
  }
  if (schema.items !== undefined && !Array.isArray(schema.items)) describeFields(schema.items, side);
  for (const part of schema.anyOf ?? []) describeFields(part, side);
}

function meaningIn(properties: object, meaning: Meanings[string] | undefined): string | undefined {
  if (meaning === undefined || typeof meaning === "string") return meaning;
  return meaning.beside in properties ? meaning.text : undefined;
}

/** Whether an alternative of the field has a description. */
const isDescribedInside = ({ anyOf = [] }: JsonSchema) =>
  anyOf.some((part) => typeof part !== "boolean" && part.description !== undefined);
