import type { Message } from "../normalise/normalise-messages.ts";
import { wordSet } from "../word-lists.ts";

/** The roles of machines. Their messages are only context. Every other role is a user. */
const machineRoles = wordSet("assistant system tool developer function model ai bot");

/** Whether a machine wrote the message. */
export function isMachine({ role }: Pick<Message, "role">): boolean {
  return machineRoles.has(role.trim().toLowerCase());
}
