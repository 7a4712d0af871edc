/**
 * Takes an API key out of the page's URL (`/console#key=…`), as `npm start` prints it. A browser never sends this part to a
 * server, and it is removed so that it is not copied by mistake.
 */
export function takeKeyOfAddress(): string | undefined {
  const key = new URLSearchParams(location.hash.slice(1)).get("key");
  if (key === null) return undefined;
  history.replaceState(null, "", location.pathname + location.search);
  return key;
}
