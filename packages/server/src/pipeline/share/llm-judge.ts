import { EndpointError } from "../../model-endpoint/endpoint-error.ts";
import type { Sleep } from "../../model-endpoint/request.ts";
import { createAskModel, failureOf, type ModelOptions } from "../extract/llm/ask-model.ts";
import { readPrompt, sharingPrompt } from "../extract/llm/prompt.ts";
import { judgementsFormat } from "./read-judgements.ts";
import type { StatementToJudge, Judgement, SharingJudge } from "./sharing-judge.ts";

/** The size of one request. A longer text is sent alone. */
const most = { statements: 40, characters: 20_000 };

/**
 * A judge that asks a model at an OpenAI-compatible endpoint which groups may see a statement. If the model cannot be reached, it
 * throws `extractor_unavailable`. A statement that the model does not answer for has no judgement.
 */
export function createLlmJudge(options: ModelOptions, sleep?: Sleep): SharingJudge {
  const askModel = createAskModel(options, sleep);

  return {
    async judge(statements, prompts, { signal = new AbortController().signal, onWaiting }) {
      const instructions = await readPrompt(sharingPrompt);
      const groups = prompts.map((prompt, index) => JSON.stringify({ group: `g${index + 1}`, prompt }));
      const judged: (Judgement | undefined)[] = [];
      for (const asked of requestsOf(statements)) {
        const lines = asked.map(({ text }, index) => JSON.stringify({ statement: `s${index + 1}`, text }));
        onWaiting?.(true);
        const judgements = await ask(instructions, [...groups, ...lines].join("\n"), signal);
        onWaiting?.(false);
        judged.push(...asked.map((_, index) => judgements.get(`s${index + 1}`)));
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

/** Divides statements into those of each request, in their order. */
function requestsOf(statements: readonly StatementToJudge[]): readonly (readonly StatementToJudge[])[] {
  const requests: StatementToJudge[][] = [];
  let characters = 0;
  for (const statement of statements) {
    const last = requests.at(-1);
    characters += statement.text.length;
    if (last !== undefined && last.length < most.statements && characters <= most.characters) {
      last.push(statement);
    } else {
      requests.push([statement]);
      characters = statement.text.length;
    }
  }
  return requests;
}
