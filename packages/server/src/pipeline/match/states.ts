// States that pass: "the knee is fine now" ends "the knee hurts", "the boss is back" ends "the boss is on leave".
import { inLowerCase } from "../statement/wordings.ts";
import { wordSet } from "../word-lists.ts";
import { keysOf, wordsIn } from "./endings.ts";
import type { Update } from "./updates.ts";

const adverbs =
  "(?:(?:has|have|had|is|are|was|got|feels?|been|just|now|finally|all|fully|completely|much|totally|sadly|recently|officially|being) )*";

/** What ends a state, and the states that it ends. Both follow the subject. */
const changes: readonly (readonly [said: RegExp, ended: RegExp])[] = [
  [
    new RegExp(
      `^${adverbs}(?:died|passed away|passed(?= (?:last|on|in|this|yesterday|peacefully)|$)|dead|put down|put to sleep)\\b`,
    ),
    /^(?!was\b|were\b|had\b|did\b|used\b)(?:is\b(?! (?:called|named)\b)|has\b|\p{Ll}+s\b)/u,
  ],
  [
    new RegExp(
      `^${adverbs}(?:fine|better|ok|okay|good|healed|mended|well|healthy|cured|recovered|gone|cleared up|sorted|over|fit|walking|running|back on their feet|pain-free)\\b(?! for\\b)`,
    ),
    /^(?:still )?(?:hurts?\b|aches?\b|(?:is|are|feels?) (?:\p{L}+ )?(?:sore|ill|sick|injured|unwell|bad|poorly|swollen|stiff|infected|broken|recovering|healing|sprained|fractured|painful|hurting|aching|playing up|acting up|in pain|in (?:an? )?(?:wheelchair|hospital|cast|sling|plaster|bed|boot)|on (?:crutches|bed rest)|off work|signed off|down with)\b|has (?:an? |the )?(?:\p{L}+ )?(?:cold|flu|covid|fever|infection|cough|injury|virus|bug)\b|can not (?:walk|run|stand|work)\b)/u,
  ],
  [
    new RegExp(
      `^${adverbs}(?:fixed|repaired|working|works|running|mended|replaced|back|fine|sorted|good as new)\\b`,
    ),
    /^(?:still )?(?:(?:is|are) (?:\p{L}+ )?(?:broken|not working|at the (?:shop|garage|mechanic|repair)|in (?:the )?(?:shop|garage|repair|workshop)|playing up|acting up|leaking|dead|stuck|cracked|smashed|being repaired|out of order|down|faulty)\b|does not (?:work|start|charge|turn on)|keeps? \p{L}+ing|leaks?\b|broke\b)/u,
  ],
  [
    new RegExp(`^${adverbs}(?:back|home|discharged|returned|came home|came back|out of|came out|let out)\\b`),
    /^(?:is|are) (?:\p{L}+ )?(?:away|abroad|off|on|in hospital|in (?:the )?(?:hospital|rehab|clinic)|travell?ing|visiting|deployed|staying|at)\b(?! time\b)/u,
  ],
  [
    new RegExp(`^${adverbs}(?:moved|relocated|emigrated)\\b(?! (?:desks?|on\\b))`),
    /^(?:(?:is at|goes to|attends) |lives|is living|stays|is staying|rents|shares|resides|is based)\b/,
  ],
  [
    new RegExp(`^${adverbs}(?:sold|off the market|taken off the market|let|rented out)\\b`),
    /^(?:is|are) (?:still )?(?:for sale|on the market|up for|to let|for rent)\b/,
  ],
  [
    new RegExp(
      `^${adverbs}(?:came|come|coming|arrived|here|approved|delivered|turned up|granted|accepted)\\b`,
    ),
    /^(?:is|are) (?:\p{L}+ )?(?:delayed|pending|late|on (?:the|its) way|being processed|in the post|under review|due|expected)\b/u,
  ],
];

/** What ends the wait for a thing. The thing is the subject in the first, the object in the second. */
const arrives =
  /^(?:(?:has|have|just|finally|was|were|is|are|got|now) )*(?:came|come|arrived|here|approved|delivered|turned up|granted|accepted)\b/;
const gets =
  /^(?:(?:has|have|just|finally|now) )*(?:got|found|bought|received|picked up|collected|secured) (.+?)(?= (?:in|on|at|for|from|near|with|because|that|to|as|while|so|when|and|but|today|yesterday|last|this)\b|[,.]|$)/u;
const wait =
  /^user (?:is (?:still )?(?:waiting (?:for|on)|looking for|searching for|hunting for|on the lookout for|applying for|expecting|after|on the waiting list for|in the market for)|has (?:applied|ordered|asked) (?:for )?|ordered|needs|wants|applied for|can not find) (?:an? |the |their |some |to (?:find|get|buy) (?:an? )?)?(?!to )(?:new )?(.+)$/u;

const subject =
  /^user's ((?:[\p{L}\p{N}'-]+ ){0,2}?[\p{L}\p{N}'-]+) (?=(?:is|are|was|were|has|have|had|got|came|come|died|passed|moved|relocated|went|no|now|just|finally|fully|works|feels?|arrived|recovered|healed|emigrated|sold|turned)\b)(.+)$/u;
const small = wordSet("new old own whole little big the a an");

/** The state that a statement ends; null if it ends none. */
export function stateChangeIn(text: string): Update | null {
  const statement = inLowerCase(text);
  if (/\b(?:not|never|if|would|will|might|may|could|almost|nearly|hopes?|wants?)\b/.test(statement))
    return null;
  const [, owned, predicate] = subject.exec(statement) ?? [];
  const own = owned === undefined ? /^user (.+)$/.exec(statement)?.[1] : predicate;
  if (own === undefined) return null;
  const ended =
    owned === undefined ? [] : changes.filter(([said]) => said.test(own)).map(([, states]) => states);
  const arrived = owned === undefined ? gets.exec(own)?.[1] : arrives.test(own) ? owned : undefined;
  if (ended.length === 0 && arrived === undefined) return null;
  const named = keysOf(owned ?? arrived ?? "").filter((word) => !small.has(word));
  const head = named.at(-1) ?? "";
  return {
    keys: [head],
    replaces: (earlier) => {
      if (arrived !== undefined && waitsFor(earlier, head)) return true;
      const known = owned === undefined ? null : ownedIn(earlier, head);
      return known !== null && ended.some((states) => states.test(known));
    },
  };
}

/** Whether an earlier statement waits for a thing of this name. */
function waitsFor(earlier: string, head: string): boolean {
  const [, thing] = wait.exec(earlier) ?? [];
  if (thing === undefined) return false;
  const [named = ""] = thing.split(/ (?:in|on|at|for|from|near|with|because|that|to|as)\b/u, 1);
  return head !== "" && keysOf(named).at(-1) === head;
}

/** What an earlier statement says about the thing of this name; null if it is about another one. */
function ownedIn(earlier: string, head: string): string | null {
  if (!earlier.startsWith("user's ")) return null;
  const rest = wordsIn(earlier).slice(1);
  const at = rest.slice(0, 3).findIndex((word) => keysOf(word)[0] === head);
  return at === -1 ? null : rest.slice(at + 1).join(" ");
}
