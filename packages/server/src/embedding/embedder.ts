import type { Endpoint } from "../model-endpoint/endpoint.ts";
import { request } from "../model-endpoint/request.ts";
import type { Vector } from "../store/vector.ts";

/** Turns texts into directions, alike for texts that mean alike. */
export interface Embedder {
  /** Vectors of different models do not compare. */
  readonly model: string;
  /** One for each text, in their order. @throws EndpointError after `tries` */
  readonly embed: (
    texts: readonly string[],
    options: { signal: AbortSignal; tries: number },
  ) => Promise<readonly Vector[]>;
}

/** Of a longer text the beginning counts: many models take 512 tokens and refuse more. */
const longestText = 2000; // characters

/** An embedder behind an OpenAI-compatible endpoint. */
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
