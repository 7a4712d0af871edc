/**
 * The server's answer to one request of the transport contract, as data. Each runtime builds its
 * own server from these routes.
 */
export interface TransportRoute {
  /** Status and headers, sent at once; null to send nothing at all. */
  readonly head: { readonly status: number; readonly headers: Readonly<Record<string, string>> } | null;
  /** Parts of the body, each flushed before the next. */
  readonly chunks: readonly Uint8Array<ArrayBuffer>[];
  /** After the chunks: the regular end, silence until the client gives up, or a destroyed socket. */
  readonly ending: "end" | "hang" | "reset";
}

/** The statuses that the contract has a route for. */
export const contractStatuses = [
  200, 201, 202, 204, 400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 502, 503, 504,
] as const;

const head = (headers: Readonly<Record<string, string>> = {}, status = 200) => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...headers },
});
const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/**
 * The server of the transport contract. A path in the list is answered according to its route, with any
 * method. Any other path answers 200 with a JSON object of `method`, `path` (raw, without the
 * query), `query` (decoded), `headers` (by lower-case name) and `body` (as text).
 *
 * Each answer with a head also has `x-request-number`: the number of requests so far with this
 * method and path, including this one. A server for browsers adds CORS headers that allow and
 * expose everything.
 */
export const transportRoutes: Readonly<Record<string, TransportRoute>> = {
  ...Object.fromEntries(
    contractStatuses.map((status): [string, TransportRoute] => [
      `/status/${status}`,
      {
        head: head({ "X-Mixed-Case": "Kept", "retry-after": "0" }, status),
        chunks: status === 204 ? [] : [ascii(`status ${status}`)],
        ending: "end",
      },
    ]),
  ),
  // "5 €" with the bytes of the euro sign in two parts.
  "/torn": {
    head: head(),
    chunks: [ascii("5 "), Uint8Array.of(0xe2, 0x82), Uint8Array.of(0xac)],
    ending: "end",
  },
  "/large": {
    head: head(),
    chunks: Array.from({ length: 16 }, () => new Uint8Array(65_536).fill(0x78)),
    ending: "end",
  },
  "/silent": { head: null, chunks: [], ending: "hang" },
  "/stalled": { head: head(), chunks: [ascii("the beginning of ")], ending: "hang" },
  "/dropped": { head: null, chunks: [], ending: "reset" },
  "/cut": { head: head(), chunks: [ascii("the beginning of ")], ending: "reset" },
};
