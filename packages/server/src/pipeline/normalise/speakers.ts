// Who is the user? Facts are made only of the user's own messages; all others are context.
import { wordSet } from "../word-lists.ts";
import { isMachineName, isPeoplesName, wordsOfName } from "./machine-names.ts";

/** The side of a message: the user, the machine with its tools, or another person. */
export type Speaker = "user" | "machine" | "other";

/** The roles and names that mean "the user". */
const userRoles = wordSet(`
  user human customer client me myself self i person prompter visitor guest caller patient requester
  end_user user_proxy human_user human_input user_input
`);

/** Roles that every API uses for the machine's side, so no user can have such a name. */
const reservedRoles = wordSet("assistant system developer tool function model");

/**
 * Decides who each speaker of a conversation is:
 *
 * 1. A speaker with a machine's name (`machine-names.ts`) is the machine, unless the name is exactly the `user_id` and not a role
 *    such as `assistant`, or it is also a name of people (`Gemma`) and came with a role such as `user`.
 * 2. A speaker whose name is the `user_id`, or a role such as `user` or `customer`, is the user. Everyone else is another person.
 * 3. If no speaker is the user by rule 2, and the name of exactly one person is a part of the `user_id` (`Alice` in
 *    `alice@example.com`), this person is the user.
 * 4. If there is only one speaker besides the machine, this speaker is the user.
 * 5. Else the user is not among the speakers. The conversation has no facts about the user, only about people whom it names.
 */
export function createSpeakerOf(
  names: Iterable<string>,
  userId: string | null,
  /** The names that came with the role of the user. */
  ofUserRole: ReadonlySet<string> = new Set(),
): (name: string) => Speaker {
  const id = userId === null ? undefined : keyOf(userId);
  const keys = new Map<string, string>();
  for (const name of names) if (!keys.has(name)) keys.set(name, keyOf(name));
  const machines = new Set<string>();
  const people = new Set<string>();
  for (const [name, key] of keys) {
    const isUserId = key === id && !reservedRoles.has(key);
    const isPerson = isUserId || (ofUserRole.has(name) && isPeoplesName(name));
    (!isPerson && isMachineName(name) ? machines : people).add(key);
  }
  const users = usersAmong(people, id, userId);
  return (name) => {
    const key = keys.get(name) ?? keyOf(name);
    if (users.has(key)) return "user";
    return machines.has(key) ? "machine" : "other";
  };
}

/** Whether a role means "the user". */
export const isUserRole = (role: string) => userRoles.has(keyOf(role));

function usersAmong(
  people: ReadonlySet<string>,
  id: string | undefined,
  userId: string | null,
): ReadonlySet<string> {
  const named = [...people].filter((key) => key === id || userRoles.has(key));
  if (named.length > 0) return new Set(named);
  if (people.size === 1) return people;
  const parts = new Set(userId === null ? [] : wordsOfName(userId));
  const alike = [...people].filter(
    (key) => key.length > 1 && key.split("_").every((word) => parts.has(word)),
  );
  return new Set(alike.length === 1 ? alike : []);
}

/** A key that is equal for names that differ only in case, spaces and punctuation. */
function keyOf(name: string): string {
  return wordsOfName(name).join("_") || name;
}
