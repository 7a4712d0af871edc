import { wordSet } from "../word-lists.ts";

/** Irregular past forms of verbs that people use about themselves. */
const irregularPasts = wordSet(`
  was were had did went got made came saw took met bought brought thought taught caught fought sought built sent
  spent lent lost left felt kept slept swept wept dealt meant dreamt learnt burnt heard held told sold said paid laid
  led fed bled fled stood understood found wound bound ground won sat spun dug hung stuck struck swung shot
  began drank sang swam ran rang sank became overcame broke chose drove ate fell flew forgot forgave froze gave
  grew knew rode rose shook spoke stole swore threw tore woke wore wrote drew blew bit hid slid lit bred withdrew outgrew rewrote rebuilt
  quit
`);

/** Verbs whose past looks like their present. Only a time such as "yesterday" tells them apart. */
const sameInThePast = wordSet("read put cut hit hurt let set shut bet cost split spread cast");

/** Such verbs that people rarely use in the present about themselves. */
const mostlyPast = wordSet("hit hurt set shut bet cost");

/** Participles that need an auxiliary. Right after "I" they are a mistake, which is not interpreted. */
const irregularParticiples = wordSet(`
  been gone done seen given taken known written eaten spoken driven begun broken chosen fallen forgotten grown
  thrown worn drawn flown shown stolen frozen woken sung swum drunk torn
`);

const presentOnIng = wordSet("bring sing ring swing cling sting fling wring string");
const presentOnEd = wordSet(
  "need feed bleed breed speed heed seed weed wed shed embed proceed succeed exceed",
);

/** Verbs that take no ending in the third person. */
export const modals = wordSet("can could will would may might must shall should");

const irregularPresents: Readonly<Record<string, string>> = { am: "is", are: "is", have: "has", do: "does" };

/** Whether a verb right after "I" is in the past; null if it cannot follow "I". */
export function isPast(verb: string): boolean | null {
  if (irregularParticiples.has(verb) || (verb.endsWith("ing") && !presentOnIng.has(verb))) return null;
  return irregularPasts.has(verb) || (verb.endsWith("ed") && !presentOnEd.has(verb));
}

/** Whether this verb is in the past even without a time. */
export function isMostlyPast(verb: string): boolean {
  return mostlyPast.has(verb);
}

/** Whether the past of this verb looks like its present. */
export function isSameInThePast(verb: string): boolean {
  return sameInThePast.has(verb);
}

/** The third person of a present form: `goes` for `go`, `has` for `have`. */
export function thirdPersonOf(verb: string): string {
  if (Object.hasOwn(irregularPresents, verb)) return irregularPresents[verb]!;
  if (modals.has(verb)) return verb;
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies`;
  if (/(?:s|x|z|ch|sh|[^o]o)$/.test(verb)) return `${verb}es`;
  return `${verb}s`;
}
