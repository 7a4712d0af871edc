import { MemlaneError } from "../errors/memlane-error.ts";

/**
 * The path of one resource of a collection, or of what can be done to it. Refuses what cannot be one segment of a path: an empty id would
 * name the collection and a dot another path, whichever way it is escaped.
 */
export function resourcePath(collection: string, id: string, action?: string): string {
  if (/^\.{0,2}$|\p{Surrogate}/u.test(id)) {
    throw new MemlaneError({
      code: "invalid_request",
      message: `${JSON.stringify(id)} is not an id`,
      status: null,
    });
  }
  return `${collection}/${encodeURIComponent(id)}${action === undefined ? "" : `/${action}`}`;
}
