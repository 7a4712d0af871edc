// Attributes of any noun that have one value at a time: "User's boss is Karen", "User's flight is at nine".
import { alternatives } from "../word-lists.ts";
import { synonymOf } from "./wordings.ts";
import { relatives } from "./topic-words.ts";

const months = alternatives(
  "jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? may june? july? aug(?:ust)? sept?(?:ember)? oct(?:ober)? nov(?:ember)? dec(?:ember)?",
);
const weekdays = "(?:mon|tues|wednes|thurs|fri|satur|sun)days?";

/** The kinds of value. A wedding has a time and a place, and a new time does not change the place. */
const kinds: readonly (readonly [kind: string, value: RegExp])[] = [
  [
    "time",
    new RegExp(
      `^(?:(?:on|at|in|by|from) )?(?:the )?(?:${months}|${weekdays}|\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${months}|\\d{1,2}(?:[:.]\\d\\d)? ?(?:am|pm)|\\d{1,2}:\\d\\d|\\d{1,2}(?:st|nd|rd|th)|(?:19|20)\\d\\d|at \\d|noon|midnight|tomorrow|tonight|next \\w+)\\b|^at \\d`,
      "i",
    ),
  ],
  ["place", /^(?:in|at|near|outside) (?:the )?\p{Lu}/u],
  ["amount", /^(?:(?:about|around|roughly|nearly|only|over|under|exactly|a|size) )?[$€£]?\d/],
  [
    "host",
    /^(?:hosted |based |written |built |made |stored |managed |insured |registered )?(?:on|with|in) \S+(?: \S+)?$/,
  ],
  [
    "name",
    /^(?:called |named )?(?:(?:an?|the|my|their|dr\.?|some \p{Ll}+ called) )?(?:\p{Ll}+ ){0,2}\p{Lu}/u,
  ],
];

/** Nouns of which a user may have several, such as friends and hobbies. */
const several = new RegExp(
  `^(?:.* )?(?:${relatives}|friends?|colleagues?|co-?workers?|neighbou?rs?|cousins?|students?|clients?|hobby|hobbies|goal|goals|dream|thing|one|part|problem)$`,
);
const unique = /^(?:best (?:friend|mate)|wife|husband|partner|girlfriend|boyfriend|fiancée?|spouse)$/;

const verbs = alternatives(`
  is are was_moved_to has_moved_to got_moved_to has_been_(?:moved|changed|rescheduled|pushed_back|pushed|postponed|brought_forward|renamed)_to
  got_(?:moved|rescheduled|pushed|pushed_back|postponed|changed)_to was_(?:pushed_back|pushed|postponed|changed|rescheduled|renamed|brought_forward)_to changed_to moved_to
  will_be (?:went|is)_(?:up|down)_to (?:increased|decreased|rose|dropped|fell)_to starts? begins? leaves departs takes_place runs_from
`);
const attribute = new RegExp(`^((?:[\\p{L}\\p{N}-]+ ){0,3}?[\\p{L}\\p{N}-]+) (${verbs}) (?:now )?(.+)$`, "u");
const ornaments = /^(?:(?:new|current|main|own|latest|actual|next|old) )+/;

/** Attributes whose value is a common noun. */
const words =
  /^(?:major|minor|religion|faith|position|specialt?y|language|instrument|nationality|username|password|nickname|star sign|blood type|middle name|wifi password)$/;

const names: Readonly<Record<string, string>> = {
  manager: "boss",
  supervisor: "boss",
  pay: "salary",
  appt: "appointment",
};

/**
 * The slot of the attribute to which a statement about the user's possession gives a value. Null if the attribute may have
 * several values.
 */
export function attributeSlotOf(said: string): string | null {
  const [, owned, verb = "", value] = attribute.exec(said) ?? [];
  if (owned === undefined || value === undefined || /^favou?rite\b/i.test(owned) || /^not\b/.test(value))
    return null;
  const noun = owned.toLowerCase().replace(ornaments, "");
  if (words.test(noun) && /^[\p{L}\p{N}._@-]+$/u.test(value)) return `own:${noun}:name`;
  const found = kinds.find(([, pattern]) => pattern.test(value))?.[0];
  // "My office moved to Hackney"
  const kind = found === "name" && /\b(?:moved|relocated)\b/.test(verb) ? "place" : found;
  if (
    kind === undefined ||
    (!verb.startsWith("is") && verb !== "will be" && kind === "name" && !verb.includes("renamed"))
  )
    return null;
  if ((verb === "are" || /^(?:start|begin|leave|depart|take|run)/.test(verb)) && kind !== "time") return null;
  if (several.test(noun) && !(unique.test(noun) && kind === "name")) return null;
  return `own:${Object.hasOwn(names, noun) ? names[noun]! : synonymOf(noun)}:${kind}`;
}
