import type { Message } from "../normalise/normalise-messages.ts";
import { wordSet } from "../word-lists.ts";

/** Who speaks for a machine: context only. Whoever else speaks is a user. */
const machineRoles = wordSet("assistant system tool developer function model ai bot");

/** Whether a machine says it. */
export function isMachine({ role }: Pick<Message, "role">): boolean {
  return machineRoles.has(role.trim().toLowerCase());
}
