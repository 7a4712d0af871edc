import type { AnswerFormat } from "../extract/llm/ask-model.ts";
import { readJsonInText } from "../extract/llm/json-in-text.ts";
import * as z from "zod/mini";
import type { Judgement } from "./sharing-judge.ts";

const entry = z.object({ statement: z.string(), personal: z.boolean(), groups: z.array(z.string()) });
const answer = z.object({ judgements: z.array(z.unknown()) });

/** Judgements by the id of their statement. */
export const judgementsFormat: AnswerFormat<ReadonlyMap<string, Judgement>> = {
  name: "judgements",
  schema: {
    type: "object",
    properties: {
      judgements: {
        type: "array",
        items: {
          type: "object",
          properties: {
            statement: { type: "string" },
            personal: { type: "boolean" },
            groups: { type: "array", items: { type: "string" } },
          },
          required: ["statement", "personal", "groups"],
          additionalProperties: false,
        },
      },
    },
    required: ["judgements"],
    additionalProperties: false,
  },
  read(said) {
    if (typeof said !== "string") return readAnswer(said);
    // Prose or thinking may be around the answer, and drafts come before it.
    return readJsonInText(said, { repairs: false, read: readAnswer }).at(-1);
  },
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
