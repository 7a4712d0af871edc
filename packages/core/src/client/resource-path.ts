import { MemlaneError } from "../errors/memlane-error.ts";

/**
 * The path of one resource of a collection, or of an action on it.
 * @throws MemlaneError `invalid_request` if the id is empty, '.', '..' or not a string, because the URL would
 * address something else
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
