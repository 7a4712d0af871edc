/** What looks up headers by their name, as `Headers` does. */
export interface HeaderReader {
  /** The value, or null when there is no such header. */
  readonly get: (name: string) => string | null;
}

/** The headers of a request: those of Node.js and of Express, `Headers`, or a plain object, in any case. */
export type WebhookHeaders = HeaderReader | Readonly<Record<string, string | readonly string[] | undefined>>;

/** A header by its lower-case name; undefined when it is not there, or is empty. */
export function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  if (isReader(headers)) return headers.get(name) || undefined;
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  // Twice the same header is nothing that our server sends: which of them to believe is not to be guessed.
  return typeof found === "string" && found !== "" ? found : undefined;
}

// Not by `instanceof`: a framework may bring a `Headers` of its own.
function isReader(headers: WebhookHeaders): headers is HeaderReader {
  return typeof headers["get"] === "function";
}
