// The only place that loads the AI SDK for a conversation; import it when it is needed, it takes 0.2 s and 29 MB.
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, Output } from "ai";
import * as z from "zod";
import { boundedFetch } from "../../../model-endpoint/bounded-fetch.ts";
import { describeFault } from "../../../model-endpoint/describe-fault.ts";
import type { Endpoint } from "../../../model-endpoint/endpoint.ts";

globalThis.AI_SDK_LOG_WARNINGS = false; // standard error is for our own lines

/** How a model is asked. */
export interface ModelOptions extends Endpoint {
  /** Undefined leaves it to the endpoint: some models take no temperature. */
  readonly temperature: number | undefined;
  /** Whether the endpoint takes a JSON schema for its answer; it is asked for plain JSON otherwise. */
  readonly takesSchema: boolean;
}

// What the models of some endpoints accept as a schema is little: bounds are checked afterwards.
const answer = z.object({
  memories: z.array(z.object({ text: z.string(), messages: z.array(z.string()) })),
});

/** What a model makes of a conversation, in the right shape, and otherwise unchecked. */
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
    throw describeFault(error);
  }
}
