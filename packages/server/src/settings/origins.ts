import { splitList } from "./split-list.ts";

/** Reads `MEMLANE_CORS_ORIGINS`. An origin must be spelled as browsers send it. */
export function parseOrigins(list: string): string[] {
  const origins = splitList(list);
  const wrong = origins.find((text) => text !== "*" && !isOrigin(text));
  if (wrong === undefined) return origins;
  throw new Error(
    `MEMLANE_CORS_ORIGINS contains '${wrong}'. Each entry must be an origin such as https://app.example.com, or *.`,
  );
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
