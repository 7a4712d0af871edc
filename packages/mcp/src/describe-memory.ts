import { memoryIds, type IngestMemoryWire } from "@memlane/core";
import * as z from "zod";
import { clip, type Entry } from "./fit-answer.ts";

/** A memory as a tool returns it. */
const memoryFields = z.object({
  id: z.string().describe("For forget_memory."),
  type: z.string().describe("fact, artifact, or episode: words as they were said or written."),
  text: z.string(),
  date: z.string().describe("The day it was said or happened, else the day it was stored."),
  since: z.string().optional().describe("The day a fact started to be true, if it is another day."),
  until: z.string().optional().describe("The day a fact stopped being true."),
  source: z.string().describe("Where it comes from."),
});

/** A memory as a tool returns it. */
export type MemoryFields = z.output<typeof memoryFields>;

/** The result of a tool that returns memories. */
export const memoriesOutput = z.object({
  memories: z.array(memoryFields),
  left_out: z.number().describe("How many more were found but did not fit."),
  next_cursor: z.string().optional(),
});

/** The id of a memory as every tool spells it: a UUID with dashes. The batch dialect spells it `mem_` and 32 digits. */
export function spellMemoryId(id: string): string {
  return memoryIds.parse(id) ?? id;
}

/** A memory as a line of text and as fields. Both name its source and its date. */
export function describeMemory(memory: IngestMemoryWire): Entry<MemoryFields> {
  const { type, details, created_at, conv_id, agent_id } = memory;
  const id = spellMemoryId(memory.id);
  const date = dayOf(details?.occurred_at ?? created_at);
  const since = details?.valid_from ? dayOf(details.valid_from) : date;
  const until = details?.invalid_at ? dayOf(details.invalid_at) : undefined;
  const origin = conv_id === null ? "added directly" : `conversation ${clip(conv_id, 24)}`;
  const source = agent_id === null ? origin : `${origin}, agent ${clip(agent_id, 24)}`;
  const text = clip(memory.text);
  const when = [date, since !== date && `true since ${since}`, until && `until ${until}`];
  const notes = [...when, source, `id ${id}`].filter((note) => note);
  return {
    line: `- ${text} (${notes.join("; ")})`,
    fields: { id, type, text, date, ...(since !== date && { since }), ...(until && { until }), source },
  };
}

/** The day of an ISO 8601 date. */
function dayOf(instant: string): string {
  return instant.slice(0, 10);
}
