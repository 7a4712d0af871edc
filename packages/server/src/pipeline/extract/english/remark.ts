import { isPast } from "../../statement/verb-forms.ts";
import { wordSet } from "../../word-lists.ts";
import type { Clause } from "./clause.ts";
import { isVerb } from "./subject.ts";

/** Words that continue the clause after a comma. */
const continuing = wordSet(
  "who which where whose and or but when while if although though because since before after including",
);
/** Words that begin a remark without a verb: "…, too many exams", "…, such a relief". */
const remarking = wordSet("everyone everybody everything too such big god best not never nothing what so no");

/** Cuts off a remark after a comma: "I have porridge every morning, my doctor convinced me". */
export function withoutRemark(clause: Clause): Clause {
  const { kind, tokens, verbAt } = clause;
  for (let at = verbAt + 2; at < tokens.length - 1; at += 1) {
    if (tokens[at]!.lower === ";") return { ...clause, tokens: tokens.slice(0, at) };
    if (tokens[at]!.lower !== "," && tokens[at]!.lower !== ":") continue;
    const rest = tokens.slice(at + 1);
    const first = rest[0]!;
    // "My party has 20 guests, forgot the cousins": the second deed is the user's.
    if (kind === "my" && first.tag === "VERB" && first.text === first.lower && isPast(first.lower) === true)
      return { ...clause, tokens: tokens.slice(0, at) };
    if (continuing.has(first.lower) || first.tag === "ADP" || first.tag === "CCONJ" || isVerb(first))
      continue;
    const next = rest.findIndex(({ lower }) => lower === ",");
    const segment = next === -1 ? rest : rest.slice(0, next);
    const ownVerb = segment.findIndex((token) => isVerb(token) && !token.lower.endsWith("ing"));
    const isClause =
      ownVerb > 0 &&
      !segment
        .slice(0, ownVerb)
        .some(({ lower }) => continuing.has(lower) || lower === "to" || lower === "that");
    if (isClause || remarking.has(first.lower)) return { ...clause, tokens: tokens.slice(0, at) };
  }
  return clause;
}
