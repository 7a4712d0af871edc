import type { Endpoint } from "../model-endpoint/endpoint.ts";
import { EndpointError } from "../model-endpoint/endpoint-error.ts";
import { request, type RequestOptions, type Sleep } from "../model-endpoint/request.ts";
import type { Vector } from "../store/vector.ts";
import { embedTexts } from "./embed-texts.ts";

/** Turns texts into vectors. Texts with a similar meaning have similar vectors. */
export interface Embedder {
  /** Vectors of different models cannot be compared. */
  readonly model: string;
  /**
   * One vector for each text, in the same order; undefined for a text that the endpoint refuses while it accepts others.
   *
   * @throws EndpointError after `tries`
   */
  readonly embed: (
    texts: readonly string[],
    options: { signal: AbortSignal; tries: number },
  ) => Promise<readonly (Vector | undefined)[]>;
}

/** How many characters of a text are embedded: many models refuse more than 512 tokens. */
const longestText = 2000;
/** If a text is refused, shorter beginnings of it are tried, but none with fewer characters than this. */
const shortestBeginning = 250;

/** The most texts in one request. Many endpoints accept fewer. */
const mostTexts = 64;
/** How long a lower limit of an endpoint is remembered, in milliseconds. */
const rememberedMs = 3_600_000;

/** A text that every working endpoint accepts. */
const harmlessText = "hello";

/** An embedder that asks an OpenAI-compatible endpoint. */
export function createEmbedder(endpoint: Endpoint, sleep?: Sleep): Embedder {
  let limit = mostTexts;
  let forgetsAtMs = 0;

  return {
    model: endpoint.model,
    async embed(texts, { signal, tries }) {
      if (performance.now() >= forgetsAtMs) limit = mostTexts;
      const beginnings = texts.map((text) => text.slice(0, longestText).toWellFormed());
      const vectors: (Vector | undefined)[] = [];
      let works = false; // whether the endpoint has embedded anything in this call
      while (vectors.length < beginnings.length) {
        const next = beginnings.slice(vectors.length, vectors.length + limit);
        vectors.push(...(await embedPart(next, { ...endpoint, signal, tries, sleep })));
      }
      return vectors;

      /** Embeds some texts. If the endpoint refuses them together, embeds each half. */
      async function embedPart(
        part: readonly string[],
        options: RequestOptions,
      ): Promise<readonly (Vector | undefined)[]> {
        try {
          const made = await request((once) => embedTexts(endpoint, part, once), options);
          works = true;
          return made;
        } catch (error) {
          if (!isAboutTexts(error) || part[0] === harmlessText) throw error;
          // One try is enough to find out which text is refused.
          const narrower = { ...options, tries: 1 };
          if (error.fault === "unavailable" && !works) await embedPart([harmlessText], narrower);
          if (part.length > 1) return embedHalves(part, narrower, error);
          const [text = ""] = part;
          if (text.length >= 2 * shortestBeginning)
            return embedPart([text.slice(0, text.length / 2).toWellFormed()], narrower);
          // Throws if the endpoint refuses every text, for example because the name of the model is wrong.
          if (!works) await embedPart([harmlessText], narrower);
          return [undefined];
        }
      }

      async function embedHalves(
        part: readonly string[],
        options: RequestOptions,
        error: EndpointError,
      ): Promise<readonly (Vector | undefined)[]> {
        const middle = Math.ceil(part.length / 2);
        const before = limit;
        const halves = [
          ...(await embedPart(part.slice(0, middle), options)),
          ...(await embedPart(part.slice(middle), options)),
        ];
        const isLimit = error.fault !== "unavailable" && limit === before && !halves.includes(undefined);
        if (isLimit) {
          limit = middle;
          forgetsAtMs = performance.now() + rememberedMs;
        }
        return halves;
      }
    },
  };
}

/** Whether the endpoint possibly accepts these texts if they are fewer at a time, or shorter. */
function isAboutTexts(error: unknown): error is EndpointError {
  if (!(error instanceof EndpointError)) return false;
  const { fault, status } = error;
  return fault === "unusable" || status === 400 || status === 413 || status === 422 || status === 500;
}
