import { MemlaneError } from "@memlane/core";
import type { Endpoint } from "../../../model-endpoint/endpoint.ts";
import { EndpointError } from "../../../model-endpoint/endpoint-error.ts";
import { endpointSentence } from "../../../model-endpoint/endpoint-sentence.ts";
import { postJson } from "../../../model-endpoint/post-json.ts";
import { request, type Sleep } from "../../../model-endpoint/request.ts";
import { createStepDown, type Demands } from "../../../model-endpoint/step-down.ts";
import { readCompletion, type TokensUsed } from "./read-completion.ts";

/** How to ask a model. */
export interface ModelOptions extends Endpoint {
  /** If undefined, no temperature is sent, because some models refuse one. */
  readonly temperature: number | undefined;
  /** Whether to ask first for an answer that follows a JSON schema. If false, asks for any JSON. */
  readonly takesSchema: boolean;
}

/** The JSON that a model is asked for: an object with one list of objects. */
export interface AnswerFormat<Answer> {
  /** The name of the list. */
  readonly name: string;
  /** Simple JSON schemas of the properties of an entry, because some endpoints accept no others. Bounds are checked by `read`. */
  readonly properties: Readonly<Record<string, object>>;
  /** Reads an answer. Undefined if it contains none. */
  readonly read: (said: unknown) => Answer | undefined;
}

/** What to ask a model. */
interface Question<Answer> {
  readonly answer: AnswerFormat<Answer>;
  readonly instructions: string;
  readonly prompt: string;
  readonly signal: AbortSignal;
  /** Called with the tokens of each answer, also of one that cannot be used. */
  readonly onTokens?: (tokens: TokensUsed) => void;
}

/** Asks a model, repeatedly if that may help. @throws EndpointError */
export type AskModel = <Answer>(question: Question<Answer>) => Promise<Answer>;

/** Makes a function that asks one model. It remembers which parameters the endpoint accepts. */
export function createAskModel(options: ModelOptions, sleep?: Sleep): AskModel {
  const stepDown = createStepDown({
    format: options.takesSchema ? "schema" : "object",
    hasTemperature: options.temperature !== undefined,
  });
  return (question) =>
    stepDown.ask((demands) =>
      request((signal) => askOnce(options, { ...question, signal }, demands), {
        ...options,
        signal: question.signal,
        sleep,
      }),
    );
}

/** The error of an attempt that failed because of the model. */
export function failureOf({ fault, message, retryAfterMs, cause }: EndpointError): MemlaneError {
  const code = fault === "unavailable" ? "extractor_unavailable" : "extraction_failed";
  return new MemlaneError({ code, message, retryAfterMs, cause });
}

function responseFormat({ name, properties }: AnswerFormat<unknown>, format: Demands["format"]): object {
  if (format === "none") return {};
  if (format === "object") return { response_format: { type: "json_object" } };
  const schema = objectSchema({ [name]: { type: "array", items: objectSchema(properties) } });
  return { response_format: { type: "json_schema", json_schema: { name, strict: true, schema } } };
}

function objectSchema(properties: Readonly<Record<string, object>>): object {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

/** Prose in which a model refuses to answer. */
const declining =
  /^\W*(?:i['’]?m (?:really |very )?sorry|i am sorry|sorry\b|i (?:cannot|can['’]?t|can not|won['’]t|am unable|am not able)|as an ai\b)/i;

async function askOnce<Answer>(
  { temperature, ...endpoint }: ModelOptions,
  { answer: wanted, instructions, prompt, signal, onTokens }: Question<Answer>,
  demands: Demands,
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
    throw new EndpointError("unusable", "the answer of the model's endpoint is not a completion");
  const { parts, text, refusal, end, tokens } = completion;
  onTokens?.(tokens);
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
  if (text.trim() === "") throw new EndpointError("empty", "the model's answer is empty");
  if (declining.test(text)) throw new EndpointError("declined", saying("the model declined to answer", text));
  throw new EndpointError(
    "unusable",
    saying("the model answered something else than what it was asked for", text),
  );
}
