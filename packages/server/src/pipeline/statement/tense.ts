import type { Tense } from "@memlane/core/internal";
import { wordSet } from "../word-lists.ts";
import { isPast, modals } from "./verb-forms.ts";

const adverbs = wordSet("also always already finally just never often only really recently still usually");
const presents = wordSet("is are has does");
const plan =
  /^(?:will|(?:is|are) (?:going to|about to|planning|hoping|thinking (?:of|about)|looking forward)|plans?|intends?|hopes? to|wants? to|dreams? of)\b/;

/** The most words of a name such as "User's little dog Rex". */
const longestName = 4;

/** Whether a statement about the user is of the past, the present or the future; null if its verb does not show it. */
export function tenseOf(statement: string): Tense | null {
  const [subject, ...words] = statement.toLowerCase().split(/[^\p{L}\d'-]+/u, 12);
  const at =
    subject === "user"
      ? words.findIndex((word) => !adverbs.has(word))
      : words.slice(0, longestName + 1).findIndex((word) => presents.has(word) || isPast(word) === true);
  const verb = words[at];
  if (verb === undefined) return null;
  if (plan.test(words.slice(at, at + 3).join(" "))) return "planned";
  if (modals.has(verb)) return verb === "can" ? "current" : null;
  if (isPast(verb) === true) return "past";
  return verb.endsWith("s") || presents.has(verb) ? "current" : null;
}
