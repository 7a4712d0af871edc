import { MemlaneError } from "../errors/memlane-error.ts";

/**
 * The path of one resource of a collection, or of what can be done to it. Refuses what cannot be one segment of a path: an empty id would
 * name the collection and a dot another path, whichever way it is escaped. So would what a program without types may pass.
 */
export function resourcePath(collection: string, id: unknown, action?: string): string {
  if (typeof id !== "string" || /^\.{0,2}$|\p{Surrogate}/u.test(id)) {
    throw new MemlaneError({
      code: "invalid_request",
      message: `${typeof id === "string" ? JSON.stringify(id) : String(id)} is not an id`,
      status: null,
    });
  }
  return `${collection}/${encodeURIComponent(id)}${action === undefined ? "" : `/${action}`}`;
}
