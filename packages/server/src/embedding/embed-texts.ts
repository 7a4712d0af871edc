// The only file that loads the AI SDK for embeddings. Import it when it is needed.
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { embedMany } from "ai";
import { boundedFetch } from "../model-endpoint/bounded-fetch.ts";
import { translateSdkError } from "../model-endpoint/translate-sdk-error.ts";
import { EndpointError } from "../model-endpoint/endpoint-error.ts";
import type { Endpoint } from "../model-endpoint/endpoint.ts";
import { vectorOf, type Vector } from "../store/vector.ts";

globalThis.AI_SDK_LOG_WARNINGS = false; // standard error is for our own log

/** Asks once for the embeddings of some texts. Returns one for each, in the same order. @throws EndpointError */
export async function embedTexts(
  { baseUrl, model, apiKey }: Endpoint,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<readonly Vector[]> {
  const provider = createOpenAICompatible({
    name: "memlane",
    baseURL: baseUrl,
    fetch: boundedFetch,
    ...(apiKey !== undefined && { apiKey }),
  });
  let embeddings: readonly (readonly number[])[];
  try {
    ({ embeddings } = await embedMany({
      model: provider.embeddingModel(model),
      values: [...texts],
      maxRetries: 0,
      abortSignal: signal,
    }));
  } catch (error) {
    throw translateSdkError(error);
  }
  if (embeddings.length !== texts.length || new Set(embeddings.map(({ length }) => length)).size > 1) {
    throw new EndpointError("unusable", "the embedder did not answer one embedding for each text");
  }
  try {
    return embeddings.map(vectorOf);
  } catch (cause) {
    throw new EndpointError("unusable", "the embedder answered an embedding without a direction", { cause });
  }
}
