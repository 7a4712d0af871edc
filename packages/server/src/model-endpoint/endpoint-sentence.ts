import { redactSecretsInSteps } from "@memlane/core/internal";

/** The texts that an error message must not repeat. */
export interface Confidential {
  readonly apiKey: string | undefined;
  /** The organisation's texts in the request. */
  readonly texts: readonly string[];
}

const longestSentence = 300; // characters
/** Without quotation marks, a shorter run of characters is not a quotation. */
const shortestQuotation = 10;
const quotation = /(?<!\p{L})["'`“‘]([^"'`“‘”’]{1,100})["'`”’]/gu;

/**
 * A sentence of an endpoint for an error message: of bounded length, in one line, without keys and without quotations of the
 * request. Empty if nothing is left.
 */
export function endpointSentence(sentence: string, { apiKey, texts }: Confidential): string {
  const line = inOneLine(sentence.slice(0, 4 * longestSentence).toWellFormed());
  const withoutKey = apiKey ? line.replaceAll(apiKey, "…") : line;
  const short = withoutKeys(withoutKey).slice(0, longestSentence);
  return withoutQuotations(short, texts).trim();
}

function inOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
}

function withoutKeys(text: string): string {
  const steps = redactSecretsInSteps(text);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  // Endpoints show keys in part: `sk-ab***yz`.
  return step.value.text.replaceAll(
    /\b(?:sk|pk|key)[-_][\w*-]{4,}|\bbearer [\w*-]+|(?<![\w-])[\w-]*\*\*[\w*-]*/gi,
    "…",
  );
}

/** Replaces each run of characters that is also in a text of the request. Within quotation marks, also shorter runs. */
function withoutQuotations(said: string, texts: readonly string[]): string {
  const haystacks = texts.map((text) => inOneLine(text).toLowerCase());
  const sentence = said.replaceAll(quotation, (all, inner: string) =>
    haystacks.some((text) => text.includes(inner.toLowerCase())) ? all.replace(inner, () => "…") : all,
  );
  const low = sentence.toLowerCase();
  const isQuoted = new Uint8Array(sentence.length);
  for (let at = 0; at + shortestQuotation <= low.length; at += 1) {
    const run = low.slice(at, at + shortestQuotation);
    if (haystacks.some((text) => text.includes(run))) isQuoted.fill(1, at, at + shortestQuotation);
  }
  return [...sentence.matchAll(/./gsu)]
    .map(({ 0: character, index }) =>
      isQuoted[index] === 0 ? character : isQuoted[index - 1] === 1 ? "" : "…",
    )
    .join("");
}
