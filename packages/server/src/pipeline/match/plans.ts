import { alternatives } from "../word-lists.ts";
import { isPast } from "../statement/verb-forms.ts";

/** The words that follow "user" in a plan. */
export const planning = alternatives(`
  will plans? wants is_planning is_thinking_of is_thinking_about is_hoping hopes intends is_looking_forward_to
  dreams_of
`);
const planned = new RegExp(`^user ${planning} (?:to )?(.+)$`, "u");

/** Irregular past forms, with their plain form. */
const presents: Readonly<Record<string, string>> = {
  bought: "buy",
  got: "get",
  went: "go",
  ran: "run",
  moved: "move",
  made: "make",
  built: "build",
  began: "begin",
  wrote: "write",
  became: "be",
  found: "find",
  took: "take",
  left: "leave",
  sold: "sell",
  saw: "see",
  met: "meet",
  flew: "fly",
  quit: "quit",
  gave: "give",
};
const longAgo = /\b(?:last|ago|before|once|used|when|19\d\d|20\d\d)\b/;

/** The main words of a plan, from a statement in plain words; null if the statement is not a plan. */
export function planOf(plain: string): string | null {
  const [, wanted] = planned.exec(plain) ?? [];
  if (wanted === undefined) return null;
  const [verb = "", ...others] = wanted.split(" ");
  const base = verb.replace(/(?<=..)ing$/, "").replace(/(.)\1$/, "$1");
  return withoutArticles(`${base} ${others.join(" ")}`.trim());
}

/** What the user did, from a statement in lower case, in the same form as `planOf` returns; null if it names no deed. */
export function deedOf(statement: string): string | null {
  const [before, verb] = /^user (?:just |finally |has )?(\p{Ll}+)/u.exec(statement) ?? [];
  if (before === undefined || verb === undefined || verb === "was" || isPast(verb) !== true) return null;
  const rest = statement.slice(before.length);
  if (longAgo.test(rest)) return null;
  const base = Object.hasOwn(presents, verb) ? presents[verb]! : verb.replace(/ied$/, "y").replace(/ed$/, "");
  return withoutArticles(`${base}${rest}`);
}

/** Whether a deed carries out a plan. Either may have more words than the other. */
export function carriesOut(deed: string, plan: string): boolean {
  return plan === deed || plan.startsWith(`${deed} `) || (deed.startsWith(`${plan} `) && !longAgo.test(deed));
}

/** Removes articles and the verb's last e: "take the bus" becomes `tak bus`, because "taking" has no e. */
function withoutArticles(text: string): string {
  return text.replaceAll(/\b(?:an?|the|their) /g, "").replace(/^(\w+?)e? /, "$1 ");
}
