// A key that is bound to a user acts only for that user. A route without `actsFor` refuses such a key.
import { factIds, memoryIds, MemlaneError, type IdCodec, type JobId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { isJobOfUser, isMemoryOfUser } from "../store/is-of-user.ts";

/**
 * How a request shows for which user it acts: with `user_id` in its query, body or path, or with the id of something
 * that belongs to a user. `nobody`: the route reads nothing of any user.
 */
export type ActsFor = "query" | "body" | "path" | "memory" | "fact" | "job" | "nobody";

/** The parts of a request that may name a user. */
interface NamingParts {
  readonly query: object;
  readonly body: unknown;
  readonly params: Readonly<Record<string, string>>;
}

/** Checks that the route can be limited to one user. @throws MemlaneError `forbidden` */
export function requireRouteForBoundKey(userId: string | null, actsFor: ActsFor | undefined): void {
  if (userId !== null && actsFor === undefined)
    throw forbidden("this route is not for keys that act for one user only");
}

/**
 * Checks that the `user_id` of a validated request is the key's, if its route has one, and that the request names no groups.
 * @throws MemlaneError `forbidden`
 */
export function requireUserOfBoundKey(
  userId: string | null,
  actsFor: ActsFor | undefined,
  { query, body, params }: NamingParts,
): void {
  if (userId === null) return;
  requireRouteForBoundKey(userId, actsFor);
  const named = { query, body, path: params };
  if (actsFor === "query" || actsFor === "body" || actsFor === "path") {
    if (fieldOf(named[actsFor], "user_id") !== userId)
      throw forbidden(`this key acts only for its user: send that user_id in the ${actsFor}`);
  }
  // Groups share memories between users.
  for (const field of ["group_id", "group_ids", "add_group_ids", "remove_group_ids"]) {
    for (const part of [query, body]) {
      const value = fieldOf(part, field);
      const isEmpty = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
      if (!isEmpty) throw forbidden("this key acts only for its user: it cannot use groups");
    }
  }
}

/** The path's parameters, or none if their row is not this user's. Then the route answers as for an unknown id. */
export async function paramsOfUser(
  sql: Sql,
  { orgId, userId }: { readonly orgId: string; readonly userId: string | null },
  {
    actsFor,
    jobIds,
  }: { readonly actsFor: ActsFor | undefined; readonly jobIds: Pick<IdCodec<JobId>, "parse"> },
  params: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  if (userId === null) return params;
  const text = params["id"] ?? "";
  if (actsFor === "job") {
    const id = jobIds.parse(text);
    return id !== undefined && (await isJobOfUser(sql, { orgId, id, userId })) ? params : {};
  }
  if (actsFor === "memory" || actsFor === "fact") {
    const id = (actsFor === "memory" ? memoryIds : factIds).parse(text);
    return id !== undefined && (await isMemoryOfUser(sql, { orgId, id, userId })) ? params : {};
  }
  return params;
}

function fieldOf(part: unknown, name: string): unknown {
  return new Map<string, unknown>(Object.entries(part ?? {})).get(name);
}

function forbidden(message: string): MemlaneError {
  return new MemlaneError({ code: "forbidden", message });
}
