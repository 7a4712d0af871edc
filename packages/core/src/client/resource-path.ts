import { MemlaneError } from "../errors/memlane-error.ts";

/**
 * The path of one resource of a collection. Refuses what cannot be one segment of a path: an empty id would
 * name the collection and a dot another path, whichever way it is escaped.
 */
export function resourcePath(collection: string, id: string): string {
  if (/^\.{0,2}$|\p{Surrogate}/u.test(id)) {
    throw new MemlaneError({
      code: "invalid_request",
      message: `${JSON.stringify(id)} is not an id`,
      status: null,
    });
  }
  return `${collection}/${encodeURIComponent(id)}`;
}
