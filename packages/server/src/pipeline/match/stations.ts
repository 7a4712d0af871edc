// Stations of a life: whoever settles in another town, gets a place of their own or is named head chef leaves the station before.
import { alternatives } from "../word-lists.ts";
import { occupations } from "../statement/topic-words.ts";

const dwelling = alternatives(
  "flat apartment house home condo cottage bungalow studio bedsit self-con place_of_their_own",
);
const companions = alternatives(
  "flatmates? roommates? housemates? parents friends? others people strangers students lodgers mates?",
);
const adverbs = "(?:(?:has|have|just|finally|recently|officially|now|already) )*";
/** A second home, or one for somebody else. */
const elsewhere =
  "(?!.*\\b(?:holiday|vacation|second|rental|investment|summer|weekend|let|for (?:their|user's)|to rent)\\b)";
const tenancy = new RegExp(
  `^user (?:(?:still|currently) )?(?:rents|is renting|shares|is sharing|lives|is living|stays|is staying|squats|is squatting|lodges|is lodging)\\b(?: (?:in|at|the|an?|their)\\b)?.*(?:\\b${companions}\\b|\\b(?:${dwelling}|room|hostel|(?:\\w+|\\d+)[ -]bedroom)(?=$|,| (?:in|on|at|off|near|with|by|from|for|since|above|over|behind)\\b))`,
  "u",
);
const home =
  /^user (?:(?:still|currently) )?(?:(?:lives|is living|stays|is staying|resides|is based) (?:alone )?(?:in|on|at|near|off)\b|(?:has lived|has been living) (?:in|on|at|near)\b.*\b(?:since|for|all)\b|(?:rents|is renting|shares|is sharing) .*\b(?:in|on|at|near|off)\b)/u;
const role = `(?:\\p{L}+[ -]){0,2}${occupations}`;

/** What a statement says, and the station that it ends. Both in plain words, about the user or as if about the user. */
export const stations: readonly (readonly [why: string, said: RegExp, ended: RegExp])[] = [
  [
    "moved",
    new RegExp(
      `^user ${adverbs}${elsewhere}(?:settled (?:down )?in (?!well\\b|nicely\\b|quickly\\b|bed\\b|front\\b)|flitted to|relocated to|emigrated to|closed on (?:an?|the|their) (?:\\w+ ){0,2}?(?:${dwelling}|place) in|(?:flew|came|went|moved)(?: \\w+)? (?:here |there |over |to \\p{L}+ )?for good\\b)`,
      "u",
    ),
    home,
  ],
  [
    "moved",
    /^user (?:moved|came|flew) (?:in )?here for good\b/,
    /^user is in (?!an?\b|the\b|their\b|love\b)\p{L}+(?:$| )/u,
  ],
  [
    "has a place of their own",
    new RegExp(
      `^user ${adverbs}${elsewhere}(?:closed on|bought|purchased|got|found|moved into|signed (?:an?|the) lease (?:on|for)|got the keys (?:to|for)) (?:(?:an?|the) (?:\\w+ )?|their own (?:\\w+ )?)(?:${dwelling}|(?<=their own |closed on an? )place)(?=$|,| (?:in|on|at|near|by|off|last|this|today|yesterday|with)\\b)`,
      "u",
    ),
    tenancy,
  ],
  [
    "flatmates left",
    /^user's (?:flatmates?|roommates?|housemates?)\b.* moved out\b/,
    new RegExp(`^user (?:shares|lives) .*\\bwith (?:\\p{L}+ |\\d+ )?${companions}\\b`, "u"),
  ],
  [
    "other role",
    new RegExp(
      `^user ${adverbs}(?:was|got|has been|is) (?:just |finally |officially )?(?:named|appointed|made|promoted to) (?:an? |the )?${role}(?! of\\b|\\p{L})`,
      "u",
    ),
    new RegExp(`^user (?:is|works as) (?:an? |the )?${role}(?=$|,| (?:at|in|for|with)\\b)`, "u"),
  ],
  [
    "in company",
    /^user's (?:girlfriend|boyfriend|fiancée?|fiance|partner)\b(?!.*\b(?:died|passed|left|dumped|broke|ended|was|used|ex)\b)/u,
    /^user is (?:\p{L}+ )?(?:single|not dating)(?=$|,| and\b)/u,
  ],
  [
    "ported",
    /^user (?:has |just |finally )*ported (?:their (?:\p{L}+ )?(?:number|line|sim) )?(?:over )?to /u,
    /^user uses .+ for (?:data|calls|texts?|mobile|their (?:phone|mobile))\b|^user's (?:mobile |phone )?(?:network|carrier|operator|provider) is /u,
  ],
];
