import type { AnswerFormat } from "./ask-model.ts";
import { readJsonInText } from "./json-in-text.ts";

/** One memory of a model's answer. Only its shape is checked. */
export interface ModelMemory {
  readonly text: string;
  /** The ids of the messages that it cites. */
  readonly messages: readonly string[];
}

/** What a model answered. */
export interface ModelAnswer {
  readonly memories: readonly ModelMemory[];
  /** How many parts of the answer are not memories. */
  readonly unreadable: number;
}

/** Memories with the messages that they cite. */
export const memoriesFormat: AnswerFormat<ModelAnswer> = {
  name: "memories",
  properties: { text: { type: "string" }, messages: { type: "array", items: { type: "string" } } },
  read: readAnswer,
};

const nameOfList = "memories";
const namesOfText = ["text", "memory", "fact", "statement", "content"];
const namesOfMessages = [
  "messages",
  "message",
  "message_ids",
  "message_id",
  "messageids",
  "ids",
  "sources",
  "source",
  "citations",
];

/** How deep an answer may be nested in another value: the arguments of a tool, or JSON in a string. */
const deepest = 5;

/** Closing tags of a model's thinking. Some endpoints send only the closing tag. */
const thinkingEnds = /<\/(?:think|thinking|thought|reasoning|reflection)>/gi;

/**
 * Reads the memories of a model's answer. Fences, prose, thinking, another object or the arguments of a tool may be around them.
 * Undefined if it contains no answer.
 */
export function readAnswer(said: unknown): ModelAnswer | undefined {
  const whole = readValue(said, deepest);
  if (whole !== undefined || typeof said !== "string") return whole?.answer;
  const thinking = [...said.matchAll(thinkingEnds)].at(-1);
  const afterThinking = thinking && readText(said.slice(thinking.index + thinking[0].length));
  return afterThinking ?? readText(said);
}

/** An answer, and whether it is the object that was asked for or only an item of its list. */
interface Reading {
  readonly kind: "named" | "list" | "item";
  readonly answer: ModelAnswer;
}

/** Prefers a whole answer to single memories, and valid JSON to repaired JSON. */
function readText(text: string): ModelAnswer | undefined {
  const read = (value: unknown) => readValue(value, deepest);
  const sound = readJsonInText(text, { repairs: false, read });
  const whole = lastWhole(sound);
  if (whole !== undefined) return whole;
  const repaired = readJsonInText(text, { repairs: true, read });
  return lastWhole(repaired) ?? joinItems(repaired) ?? sound.at(-1)?.answer;
}

/** The last whole answer, because drafts come before it. */
function lastWhole(readings: readonly Reading[]): ModelAnswer | undefined {
  const named = readings.findLast(({ kind }) => kind === "named");
  return (named ?? readings.findLast(({ kind, answer }) => kind === "list" && answer.memories.length > 0))
    ?.answer;
}

function joinItems(readings: readonly Reading[]): ModelAnswer | undefined {
  const memories = readings.flatMap(({ answer }) => answer.memories);
  return memories.length === 0 ? undefined : { memories, unreadable: 0 };
}

function readValue(value: unknown, depth: number): Reading | undefined {
  if (depth === 0) return undefined;
  if (typeof value === "string") return readValue(parse(value), depth - 1);
  if (Array.isArray(value)) return readList(value, "list");
  if (typeof value !== "object" || value === null) return undefined;
  const fields = new Map(
    Object.entries(value).map(([name, field]) => [name.toLowerCase(), field as unknown]),
  );
  const named = fields.get(nameOfList);
  if (Array.isArray(named)) return readList(named, "named");
  if (named === null) return { kind: "named", answer: { memories: [], unreadable: 0 } };
  const item = readItem(value);
  if (item !== undefined) return { kind: "item", answer: { memories: [item], unreadable: 0 } };
  const within = [...fields.values()].flatMap((field) => readValue(field, depth - 1) ?? []);
  const best =
    within.find(({ kind }) => kind === "named") ?? within.find(({ answer }) => answer.memories.length > 0);
  return best;
}

/** Undefined if the list has entries, but none is a memory. */
function readList(list: readonly unknown[], kind: Reading["kind"]): Reading | undefined {
  const memories = list.flatMap((entry) => readItem(entry) ?? []);
  if (list.length > 0 && memories.length === 0) return undefined;
  return { kind, answer: { memories, unreadable: list.length - memories.length } };
}

function readItem(entry: unknown): ModelMemory | undefined {
  if (typeof entry !== "object" || entry === null) return undefined;
  const fields = new Map(
    Object.entries(entry).map(([name, field]) => [name.toLowerCase(), field as unknown]),
  );
  const text = namesOfText.map((name) => fields.get(name)).find((field) => typeof field === "string");
  const cited = namesOfMessages.map((name) => fields.get(name)).find((field) => field !== undefined);
  if (text === undefined || cited === undefined) return undefined;
  return { text, messages: readIds(cited) };
}

/** Reads ids from a list, one text, numbers, or objects with an `id`. */
function readIds(cited: unknown): string[] {
  if (typeof cited === "number") return [`m${cited}`];
  if (typeof cited === "string") {
    const ids = cited.split(/[\s,;[\]"'()#]+/).filter((id) => id !== "");
    return ids.map((id) => (/^\d+$/.test(id) ? `m${id}` : id.replace(/^M(?=\d+$)/, "m")));
  }
  if (Array.isArray(cited)) return cited.flatMap((each) => (Array.isArray(each) ? [] : readIds(each)));
  return typeof cited === "object" && cited !== null && "id" in cited && typeof cited.id !== "object"
    ? readIds(cited.id)
    : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
