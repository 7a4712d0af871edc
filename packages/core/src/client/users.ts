import { readUserErasure, type UserErasureWire } from "../batch/erasure.ts";
import { userPageWire, type UserPageWire, type UserWire } from "../batch/owners.ts";
import type { UserListQuery } from "../batch/owner-queries.ts";
import type { Caller, CallOptions } from "./call.ts";
import { promiseBody, type CallPromise } from "./call-promise.ts";
import { itemsOfOffsets } from "./offset-pages.ts";

/** The users of an organisation. */
export interface Users {
  /** Every user with active memories, facts or episodes; reads the next page when it is needed. */
  list(query?: UserListQuery, options?: CallOptions): AsyncGenerator<UserWire, void, undefined>;
  /** One page. */
  listPage(query?: UserListQuery, options?: CallOptions): CallPromise<UserPageWire>;
  /**
   * Erases everything of a user for good: memories, facts, messages, the texts in jobs, and webhook deliveries. Resolves with
   * the numbers; they are zeros if there is no such user.
   */
  erase(userId: string, options?: CallOptions): CallPromise<UserErasureWire>;
}

const path = "/v1/users";

// A large erasure may take the server 20 s.
const eraseTimeoutMs = 60_000;

/** User calls for this client's credentials. */
export function createUsers(call: Caller): Users {
  const listPage: Users["listPage"] = (query = {}, options = {}) =>
    promiseBody(call({ method: "GET", path, query: { ...query }, ...options }), userPageWire);
  return {
    list: (query = {}, options = {}) =>
      itemsOfOffsets(query, async (page) => {
        const { users, total } = await listPage(page, options);
        return { items: users, total };
      }),
    listPage,
    erase: (id, { timeoutMs = eraseTimeoutMs, ...options } = {}) =>
      promiseBody(
        call({ method: "DELETE", path, id, action: "memories", timeoutMs, ...options }),
        readUserErasure,
      ),
  };
}
