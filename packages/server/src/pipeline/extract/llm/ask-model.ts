import type { Endpoint } from "../../../model-endpoint/endpoint.ts";
import { EndpointError } from "../../../model-endpoint/endpoint-error.ts";
import { endpointSentence } from "../../../model-endpoint/endpoint-sentence.ts";
import { postJson } from "../../../model-endpoint/post-json.ts";
import type { Demands } from "../../../model-endpoint/step-down.ts";
import { readAnswer, type ModelAnswer } from "./read-answer.ts";
import { readCompletion, type TokensUsed } from "./read-completion.ts";

/** How to ask a model. */
export interface ModelOptions extends Endpoint {
  /** Undefined sends none, because some models take no temperature. */
  readonly temperature: number | undefined;
  /** Whether to ask first for an answer that follows a JSON schema. If false, asks for any JSON. */
  readonly takesSchema: boolean;
}

/** The JSON that a model is asked for. */
export interface AnswerFormat<Answer> {
  readonly name: string;
  /** A simple JSON schema, because some endpoints accept no other. Bounds are checked by `read`. */
  readonly schema: object;
  /** Reads an answer. Undefined if it contains none. */
  readonly read: (said: unknown) => Answer | undefined;
}

/** One request to a model. */
export interface Question<Answer> {
  readonly answer: AnswerFormat<Answer>;
  readonly instructions: string;
  readonly prompt: string;
  readonly demands: Demands;
  readonly signal: AbortSignal;
  /** Called with the tokens of each answer, also of one that cannot be used. */
  readonly onTokens: (tokens: TokensUsed) => void;
}

const memoriesSchema = {
  type: "object",
  properties: {
    memories: {
      type: "array",
      items: {
        type: "object",
        properties: { text: { type: "string" }, messages: { type: "array", items: { type: "string" } } },
        required: ["text", "messages"],
        additionalProperties: false,
      },
    },
  },
  required: ["memories"],
  additionalProperties: false,
};

/** Memories with the messages that they cite. */
export const memoriesFormat: AnswerFormat<ModelAnswer> = {
  name: "memories",
  schema: memoriesSchema,
  read: readAnswer,
};

function responseFormat({ name, schema }: AnswerFormat<unknown>, format: Demands["format"]): object {
  if (format === "none") return {};
  return {
    response_format:
      format === "object"
        ? { type: "json_object" }
        : { type: "json_schema", json_schema: { name, strict: true, schema } },
  };
}

/** Prose in which a model refuses to answer. */
const declining =
  /^\W*(?:i['’]?m (?:really |very )?sorry|i am sorry|sorry\b|i (?:cannot|can['’]?t|can not|won['’]t|am unable|am not able)|as an ai\b)/i;

/** Asks the model once. @throws EndpointError */
export async function askModel<Answer>(
  { temperature, ...endpoint }: ModelOptions,
  { answer: wanted, instructions, prompt, demands, signal, onTokens }: Question<Answer>,
): Promise<Answer> {
  const confidential = { apiKey: endpoint.apiKey, texts: [prompt] };
  const body = await postJson(endpoint, {
    path: "/chat/completions",
    body: {
      model: endpoint.model,
      messages: [
        { role: "system", content: instructions },
        { role: "user", content: prompt },
      ],
      ...responseFormat(wanted, demands.format),
      ...(demands.hasTemperature && { temperature }),
    },
    texts: confidential.texts,
    signal,
  });
  const completion = readCompletion(body);
  if (completion === undefined)
    throw new EndpointError("unusable", "the model's endpoint answered what is no completion");
  const { parts, text, refusal, end, tokens } = completion;
  onTokens(tokens);
  const saying = (message: string, words: string) => {
    const said = endpointSentence(words, confidential);
    return said === "" ? message : `${message}: ${said}`;
  };
  if (refusal !== undefined)
    throw new EndpointError("declined", saying("the model declined to answer", refusal));
  if (end === "filter")
    throw new EndpointError("filtered", saying("a filter of the model's endpoint stopped the answer", text));
  // An answer that was cut off is requested again in parts, even if some of it can be read.
  if (end === "length") throw new EndpointError("truncated", "the model's answer was cut off at its limit");
  for (const part of parts) {
    // If a model repeats its instructions, the example in them must not be read as its answer.
    const answer = wanted.read(typeof part === "string" ? part.replaceAll(instructions, "") : part);
    if (answer !== undefined) return answer;
  }
  if (text.trim() === "") throw new EndpointError("empty", "the model answered nothing");
  if (declining.test(text)) throw new EndpointError("declined", saying("the model declined to answer", text));
  throw new EndpointError(
    "unusable",
    saying("the model answered something else than what it was asked for", text),
  );
}
