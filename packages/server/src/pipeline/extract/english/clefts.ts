// Sentences that are turned round to stress a part: "MTN is the network I use" means "I use MTN".
import { pets } from "../../statement/topic-words.ts";
import type { Rewriting } from "./rewriting.ts";

/** Where a clause can end or a circumstance can begin. */
const end = String.raw`(?=[.!,;]|$| (?:when|for|every|at|on|to|with|most|daily) \p{L})`;

/** The wordings in the order in which they are replaced. */
export const clefts: readonly Rewriting[] = [
  // "I'm the one paying the rent"
  [
    /\bI(?:'m| am) the (?:only )?(?:one|person) (?:who(?:'s| is) |that(?:'s| is) )?(?=\p{Ll}+ing\b)/giu,
    "I am ",
  ],
  [
    new RegExp(
      String.raw`(?<=^|[.!?] )(?!(?:it|that|this|there|he|she|they|what|which|who|here|i|we|you|my)\b)((?:[\p{L}\p{N}'-]+ ){0,3}[\p{L}\p{N}'-]+) (?:is|are) the (?:only )?(?:\p{Ll}+ )?\p{Ll}+ (?:that |which )?I (?:always |usually |mostly |only )?(?!(?:am|was|have|had|will|would|can|could|do|did)\b)(\p{Ll}+)${end}`,
      "giu",
    ),
    "I $2 $1",
  ],
  // "Cumbia is what I listen to when I cook", "Dundee is where I was born"
  [
    new RegExp(
      String.raw`(?<=^|[.!?] )(?!(?:it|that|this|there|he|she|they|here|which|i|we|you)\b)((?:[\p{L}\p{N}'-]+ ){0,3}?[\p{L}\p{N}'-]+?)(?:'s| is| are) what (I|we) (?:always |usually |mostly )?(\p{Ll}+(?: (?:to|on|in|for|with|at))?)${end}`,
      "giu",
    ),
    "$2 $3 $1",
  ],
  [
    /(?<=^|[.!?] )(?!(?:it|that|this|there|here|i|we|you)\b)((?:[\p{L}'-]+ ){0,2}?[\p{L}-]+?)(?:'s| is) where (?=(?:i|we) )((?:i|we) (?:was born|were born|live|grew up|work|study|met|got married))\b/giu,
    "$2 in $1",
  ],
  [
    /(?<=^|[.!?] )(?!(?:it|that|this|what|best|same)\b)(\p{L}+) for me (?=(?:is|are) )/giu,
    (_, thing) => `my ${thing.toLowerCase()} `,
  ],
  // "Biscuit the hamster died"
  [
    new RegExp(
      `(?<=^|[.!?] )(\\p{Lu}\\p{Ll}+) the (${pets}) (?=(?:is|was|has|had|died|does|just|\\p{Ll}+(?:s|ed))\\b)`,
      "gu",
    ),
    "my $2 $1 ",
  ],
  // "Biscuit, our terrier, is two"
  [
    /(?<=^|[.!?] )(\p{Lu}\p{L}+), ((?:my|our) [^.!?,;:]{2,40}), (?=(?:is|was|has|had|does|can|lives|works|goes|plays|just|\p{Ll}+(?:s|ed))\b)/gu,
    "$2 $1 ",
  ],
];
