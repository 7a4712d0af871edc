// The addresses of users and memories.
import { factIds, memoryIds } from "@memlane/core";

/** The screen of a user. The id is in the query, because it may contain any character. */
export const pathOfUser = (userId: string) => `/users/one?${new URLSearchParams({ user_id: userId })}`;

/** The screen of a memory, by its id in either dialect. */
export const pathOfMemory = (id: string) => `/memories/${memoryIds.parse(id) ?? id}`;

/** The screen of a fact, which is a memory, too. */
export const pathOfFact = (id: string) => `/memories/${factIds.parse(id) ?? id}`;
