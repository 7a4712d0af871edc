// Loads the AI SDK, which takes 0.2 s and 29 MB. Import this file only when a model is asked.
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, Output } from "ai";
import * as z from "zod";
import { boundedFetch } from "../../../model-endpoint/bounded-fetch.ts";
import { translateSdkError } from "../../../model-endpoint/translate-sdk-error.ts";
import type { Endpoint } from "../../../model-endpoint/endpoint.ts";

globalThis.AI_SDK_LOG_WARNINGS = false; // standard error has only our own log

/** How to ask a model. */
export interface ModelOptions extends Endpoint {
  /** Undefined sends none, because some models take no temperature. */
  readonly temperature: number | undefined;
  /** Whether the endpoint takes a JSON schema for its answer. If not, it is asked for JSON in general. */
  readonly takesSchema: boolean;
}

// Some endpoints accept only simple schemas, so bounds are checked afterwards.
const answer = z.object({
  memories: z.array(z.object({ text: z.string(), messages: z.array(z.string()) })),
});

/** The answer of a model. Only its shape is checked. */
export type ModelAnswer = z.output<typeof answer>;

/** Asks the model once. @throws EndpointError */
export async function askModel(
  { baseUrl, model, apiKey, temperature, takesSchema }: ModelOptions,
  instructions: string,
  prompt: string,
  signal: AbortSignal,
): Promise<ModelAnswer> {
  const provider = createOpenAICompatible({
    name: "memlane",
    baseURL: baseUrl,
    supportsStructuredOutputs: takesSchema,
    fetch: boundedFetch,
    ...(apiKey !== undefined && { apiKey }),
  });
  try {
    const { output } = await generateText({
      model: provider(model),
      instructions,
      prompt,
      output: Output.object({ schema: answer, name: "memories" }),
      maxRetries: 0,
      abortSignal: signal,
      ...(temperature !== undefined && { temperature }),
    });
    return output;
  } catch (error) {
    throw translateSdkError(error);
  }
}
