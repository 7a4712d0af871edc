import type { Endpoint } from "../model-endpoint/endpoint.ts";
import { request } from "../model-endpoint/request.ts";
import type { Vector } from "../store/vector.ts";

/** Turns texts into vectors. Texts with a similar meaning have similar vectors. */
export interface Embedder {
  /** Vectors of different models cannot be compared. */
  readonly model: string;
  /** One vector for each text, in the same order. @throws EndpointError after `tries` */
  readonly embed: (
    texts: readonly string[],
    options: { signal: AbortSignal; tries: number },
  ) => Promise<readonly Vector[]>;
}

/** Of a longer text only the beginning is embedded: many models refuse more than 512 tokens. */
const longestText = 2000; // characters

/** An embedder that asks an OpenAI-compatible endpoint. */
export function createEmbedder(endpoint: Endpoint): Embedder {
  return {
    model: endpoint.model,
    async embed(texts, { signal, tries }) {
      const { embedTexts } = await import("./embed-texts.ts");
      const beginnings = texts.map((text) => text.slice(0, longestText).toWellFormed());
      return request((once) => embedTexts(endpoint, beginnings, once), { ...endpoint, signal, tries });
    },
  };
}
