// Attributes of any noun that have one value at a time: "User's boss is Karen", "User's flight is at nine".
import { alternatives } from "../word-lists.ts";
import { synonymOf } from "./wordings.ts";
import { relatives } from "./topic-words.ts";

const months = alternatives(
  "jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? may june? july? aug(?:ust)? sept?(?:ember)? oct(?:ober)? nov(?:ember)? dec(?:ember)?",
);
const weekdays = "(?:mon|tues|wednes|thurs|fri|satur|sun)days?";

/** What a value is. A wedding has a time and a place, and a new time does not change the place. */
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

/** Of these a user has several, and they are people with a life of their own. */
const several = new RegExp(
  `^(?:.* )?(?:${relatives}|friends?|colleagues?|co-?workers?|neighbou?rs?|cousins?|students?|clients?|hobby|hobbies|goal|goals|dream|thing|one|part|problem)$`,
);
const unique = /^(?:best (?:friend|mate)|wife|husband|partner|girlfriend|boyfriend|fiancée?|spouse)$/;

const attribute =
  /^((?:[\p{L}\p{N}-]+ ){0,3}?[\p{L}\p{N}-]+) (?:is|was moved to|has moved to|has been (?:moved|changed|rescheduled|pushed back|postponed|brought forward) to|got (?:moved|rescheduled) to|changed to|moved to|will be|(?:went|is) (?:up|down) to|(?:increased|decreased|rose|dropped|fell) to|has been postponed to|was postponed to) (?:now )?(.+)$/u;
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

/** The attribute that a statement about a possession of the user gives a value, as a slot; null if it may have several values. */
export function attributeSlotOf(said: string): string | null {
  const [, owned, value] = attribute.exec(said) ?? [];
  if (owned === undefined || value === undefined || /^favou?rite\b/i.test(owned) || /^not\b/.test(value))
    return null;
  const noun = owned.toLowerCase().replace(ornaments, "");
  if (words.test(noun) && /^\p{L}+$/u.test(value)) return `own:${noun}:name`;
  const kind = kinds.find(([, pattern]) => pattern.test(value))?.[0];
  if (kind === undefined) return null;
  if (several.test(noun) && !(unique.test(noun) && kind === "name")) return null;
  return `own:${Object.hasOwn(names, noun) ? names[noun]! : synonymOf(noun)}:${kind}`;
}
