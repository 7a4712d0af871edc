import * as z from "zod";
import type { Endpoint } from "../model-endpoint/endpoint.ts";
import { EndpointError } from "../model-endpoint/endpoint-error.ts";
import { postJson } from "../model-endpoint/post-json.ts";
import { vectorOf, type Vector } from "../store/vector.ts";

const answer = z.object({
  data: z.array(
    z.object({ embedding: z.array(z.number()).min(1), index: z.int().optional().catch(undefined) }),
  ),
});

/** Embeds some texts with one request. Returns one vector for each, in the same order. @throws EndpointError */
export async function embedTexts(
  endpoint: Endpoint,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<readonly Vector[]> {
  const body = await postJson(endpoint, {
    path: "/embeddings",
    body: { model: endpoint.model, input: texts },
    texts,
    signal,
  });
  const read = answer.safeParse(body);
  const embeddings = read.success ? inOrder(read.data.data) : undefined;
  if (
    embeddings === undefined ||
    embeddings.length !== texts.length ||
    new Set(embeddings.map(({ length }) => length)).size > 1
  ) {
    throw new EndpointError("unusable", "the embedder did not return one embedding for each text");
  }
  try {
    return embeddings.map(vectorOf);
  } catch (cause) {
    throw new EndpointError("unusable", "the embedder answered an embedding without a direction", { cause });
  }
}

/**
 * The embeddings in the order of their indexes, or unsorted if none has an index. Undefined if the indexes are not
 * 0 to n - 1.
 */
function inOrder(data: z.output<typeof answer>["data"]): readonly (readonly number[])[] | undefined {
  if (data.every(({ index }) => index === undefined)) return data.map(({ embedding }) => embedding);
  const sorted = data.toSorted((one, other) => (one.index ?? -1) - (other.index ?? -1));
  return sorted.every(({ index }, at) => index === at) ? sorted.map(({ embedding }) => embedding) : undefined;
}
