import type { AnswerFormat } from "../extract/llm/ask-model.ts";
import { readLastJson } from "../extract/llm/json-in-text.ts";
import * as z from "zod/mini";
import type { Judgement } from "./sharing-judge.ts";

const entry = z.object({ statement: z.string(), personal: z.boolean(), groups: z.array(z.string()) });
const answer = z.object({ judgements: z.array(z.unknown()) });

/** Judgements by the id of their statement. */
export const judgementsFormat: AnswerFormat<ReadonlyMap<string, Judgement>> = {
  name: "judgements",
  properties: {
    statement: { type: "string" },
    personal: { type: "boolean" },
    groups: { type: "array", items: { type: "string" } },
  },
  read: (said) => readLastJson(said, { repairs: false, read: readAnswer }),
};

function readAnswer(value: unknown): ReadonlyMap<string, Judgement> | undefined {
  const read = answer.safeParse(value);
  if (!read.success) return undefined;
  const judgements = new Map<string, Judgement>();
  for (const each of read.data.judgements) {
    const { success, data } = entry.safeParse(each);
    if (!success) continue;
    const isPersonal = data.personal || judgements.get(data.statement)?.isPersonal === true;
    const fits = data.groups.flatMap((id) => (/^g\d+$/.test(id) ? [Number(id.slice(1)) - 1] : []));
    judgements.set(data.statement, { isPersonal, fits });
  }
  return judgements;
}
