import type { Clause } from "./clause.ts";
import { isVerb } from "./subject.ts";

/** Splits "I am a nurse who keeps bees" into "I am a nurse" and "I keep bees". */
export function splitRelativeClause(clause: Clause): readonly Clause[] {
  const { kind, tokens, verbAt, preamble } = clause;
  const who = tokens.findIndex(({ lower }, at) => at > verbAt + 1 && lower === "who");
  const verb = tokens[who + 1];
  if (kind !== "I" || who === -1 || verb === undefined || !isVerb(verb)) return [clause];
  if (tokens[verbAt]!.lower !== "am" || tokens[verbAt + 1]!.tag !== "DET") return [clause];
  const ownVerb = verb.lower === "is" ? { ...verb, text: "am", lower: "am" } : verb;
  return [
    { ...clause, tokens: tokens.slice(0, who) },
    { kind, tokens: [tokens[0]!, ownVerb, ...tokens.slice(who + 2)], verbAt: 1, preamble },
  ];
}
