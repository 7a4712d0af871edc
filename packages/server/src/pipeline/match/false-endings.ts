// Statements that have a word of ending but end nothing: "Pilates was cancelled today", "left their glasses on the
// bus", "the shop in the next village has closed".

/** What a person did to something: "the cello teacher left the orchestra". The teacher, not the cello, is the subject. */
const deedOfAnother =
  /^user's (?!(?:team|company|office|school|work|bank|landlord|landlady|employer|gym|club) (?:has|have|just|quit|left|sold|lost|stopped|gave|dropped|cancelled|finished|ended)\b)(?:[\p{L}-]+ ){1,4}(?:(?:has|have|just|finally|already) )*(?<!\b(?:is|are|was|were|been|got) )(?:quit|left|sold|lost|stopped|gave up|dropped|cancelled|bought|finished|ended (?:the|an?|their|his|her)|retired|resigned|(?:ripped|tore|threw|took|got rid of|replaced|swapped|traded|ditched|binned|changed) (?:the|an?|their|his|her|out|up|in))\b(?: as)? \p{L}/u;

const lostContest =
  /\blost (?:at|to|against) |\blost (?:an? |the |their )?(?:\p{L}+ )?(?:game|match|bet|race|argument|round|fight|point|set|chess|way|temper|track|weight|sleep)\b|\bbroke (?:the|their) (?:diet|fast|rule)\b/u;
const usedUpOrForgotten =
  /\b(?:ran|run|running) out of (?!patience|time|love)|\bleft (?:the|their|an?) [\p{L} -]{2,30}? (?:on|in|at|behind)\b|\b(?:no|not an?|not any) [\p{L}'-]+ (?:[\p{L}'-]+ )?left\b/u;
const someOfMany =
  /\b(?:one|two|some|half|few|several) of (?:the|their)\b|\b(?:finished|passed|failed|missed|skipped|lost) (?:(?:one|two|half|some) |an? \p{L}+ of (?:the|their)\b)/u;

/** Says that an event does not take place. If the user ended it ("cancelled the gym today"), it is not a false ending. */
const failure =
  /^(?!user (?!was\b|had\b)).*\b(?:cancell?ed|called off|(?:is|was|are|were) (?:\p{L}+ )?(?:off|down|late|out of (?:order|service))|closed|shut|finished|ended|gave up|broke down|crashed|dropped)\b/u;
const thisTimeOnly =
  /\b(?:today|tonight|this (?:morning|afternoon|evening|week|weekend|\p{L}+day)|next week|all (?:day|morning|afternoon)|until|till|early|again|an hour late|for (?:repairs?|renovation|cleaning|maintenance|the (?:day|night|week|holidays?)))\b/u;

/** "The shop in the next village", "the Mac of a colleague" */
const ofAnotherPlaceOrPerson =
  /^user's (?:[\p{L}'-]+ ){1,2}(?:in|on|at|of|by|across|near|opposite|next to|beside) (?:the|their|an?|user's) [\p{L} '-]+? (?:has|have|is|was|were|quit|closed|died|sold|lost|shut|ran|ended|left)\b/u;

/** Leaving for a short time: "left the choir early tonight", "got out of Porto for a few days". */
const leftForATime =
  /\b(?:left|got away|got out|escaped)\b.* (?:early(?! retirement)|late(?! last)|tonight|today|already|on time|this (?:morning|afternoon|evening)|at (?:noon|midnight|lunch|\d+|\p{L}+ o'clock)|for (?:(?:an?|the|some|one|two|three|\d+) )?(?:(?:few|couple of|long|whole) )?(?:days?|nights?|weekend|weeks?|hours?|minutes?|evening|afternoon|lunch|dinner|while|bit|break|breather|holidays?))\b/u;

/**
 * "Left the office" says where a person went. It ends a job only if it names the firm ("left Bosch") or what one belongs to ("left
 * the choir"), or has a time ("left the office last month").
 */
const leftAPlace =
  /^user (?:(?:has|just|already|finally) )*left (?:(?:the|their) (?!.*\b(?:this|last|after|for good|ago|because|completely|now)\b)(?!(?:[\p{L}-]+ )*(?:job|position|role|company|firm|business|startup|agency|practice|industry|profession|trade|service|band|choir|orchestra|team|squad|club|league|party|union|church|community|society|group|board|committee|course|programme|program|degree|school|university|college|army|navy|military|police|force|marriage|relationship|forum|server|chat|platform|app)$)[\p{L} -]+|home|work)$/u;

/** "Left the dog with Anna" */
const leftWithSomebody = /^user .*\bleft (?:the|their) [\p{L} -]+ with \p{L}/u;

/** Only a part of a thing, or an accessory, is gone: "replaced the saddle on the Brompton", "sold the kit lens for their camera". */
const partOfAThing =
  /^user (?:(?:has|just|had to|finally) )*(?:replaced?|sold|lost|broke|changed|returned?|binned|fixed|repaired) (?:the|their|an?|some) [\p{L}-]+(?: [\p{L}-]+)? (?:(?:on|of|in) (?:the|their|an?)|for their) /u;

const always = [
  deedOfAnother,
  lostContest,
  usedUpOrForgotten,
  someOfMany,
  ofAnotherPlaceOrPerson,
  leftForATime,
  leftAPlace,
  leftWithSomebody,
  partOfAThing,
];

/** Whether a statement in lower case ends no fact, although it has a word of ending. */
export function isFalseEnding(statement: string): boolean {
  return (
    always.some((pattern) => pattern.test(statement)) ||
    (failure.test(statement) && thisTimeOnly.test(statement))
  );
}
