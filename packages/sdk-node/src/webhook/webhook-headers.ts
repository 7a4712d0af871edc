/** Headers that are looked up by name, like `Headers`. */
export interface HeaderReader {
  /** The value, or null if it is absent. */
  readonly get: (name: string) => string | null;
}

/** The headers of a request: of Node.js or Express, `Headers`, or a plain object; names in any case. */
export type WebhookHeaders = HeaderReader | Readonly<Record<string, string | readonly string[] | undefined>>;

/** A header by its lower-case name; undefined if it is absent or empty. */
export function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  if (isReader(headers)) return headers.get(name) || undefined;
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  // Our server sends each header once. A repeated header counts as absent: it is not clear which value to trust.
  return typeof found === "string" && found !== "" ? found : undefined;
}

// Not `instanceof`, because a framework may have its own `Headers`.
function isReader(headers: WebhookHeaders): headers is HeaderReader {
  return typeof headers["get"] === "function";
}
