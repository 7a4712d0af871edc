import { EndpointError } from "../../model-endpoint/endpoint-error.ts";
import type { Sleep } from "../../model-endpoint/request.ts";
import { createAskModel, failureOf, type ModelOptions } from "../extract/llm/ask-model.ts";
import { readPrompt, sharingPrompt } from "../extract/llm/prompt.ts";
import { judgementsFormat } from "./read-judgements.ts";
import type { Judgement, SharingJudge } from "./sharing-judge.ts";

/** Statements in one request. */
const mostPerRequest = 40;

/**
 * A judge that asks a model at an OpenAI-compatible endpoint. If the model cannot be reached, it throws `extractor_unavailable`. A
 * statement that the model does not answer for has no judgement.
 */
export function createLlmJudge(options: ModelOptions, sleep?: Sleep): SharingJudge {
  const askModel = createAskModel(options, sleep);

  return {
    async judge(statements, prompts, { signal = new AbortController().signal, onWaiting }) {
      const instructions = await readPrompt(sharingPrompt);
      const groups = prompts.map((prompt, index) => JSON.stringify({ group: `g${index + 1}`, prompt }));
      const judged: (Judgement | undefined)[] = [];
      for (let first = 0; first < statements.length; first += mostPerRequest) {
        const some = statements.slice(first, first + mostPerRequest);
        const lines = some.map(({ text }, index) => JSON.stringify({ statement: `s${index + 1}`, text }));
        onWaiting?.(true);
        const judgements = await ask(instructions, [...groups, ...lines].join("\n"), signal);
        onWaiting?.(false);
        judged.push(...some.map((_, index) => judgements.get(`s${index + 1}`)));
      }
      return judged;
    },
  };

  async function ask(
    instructions: string,
    prompt: string,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Judgement>> {
    try {
      return await askModel({ answer: judgementsFormat, instructions, prompt, signal });
    } catch (error) {
      if (!(error instanceof EndpointError)) throw error;
      if (error.fault === "unavailable") throw failureOf(error);
      return new Map();
    }
  }
}
