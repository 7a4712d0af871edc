import { alternatives } from "../../word-lists.ts";

/** Adjectives for how a person feels at the moment. They describe a conversation, not a person. */
const feelings = alternatives(`
  afraid(?!_of\\b) amazed amused angry annoyed anxious ashamed astonished bored bummed calm capable cautious confident confused
  content cozy crazy curious dedicated delighted desperate determined devastated disappointed discouraged down(?!_to\b) drained
  driven eager ecstatic elated embarrassed emotional empowered encouraged energi[sz]ed enthusiastic excited exhausted
  fascinated fine flattered focused fortunate free frustrated fulfilled glad grateful guilty happy heartbroken honou?red
  hooked hopeful hurt hyped impressed inspired intrigued invested involved jealous keen_to lost lucky mad mesmeri[sz]ed
  motivated moved(?!_(?:to|into|from|back|up)\\b) nervous nostalgic okay ok optimistic overjoyed overwhelmed passionate_about_(?:making|helping|what|it) pleased
  positive privileged proud psyched pumped ready refreshed rejuvenated relaxed relieved sad satisfied scared(?!_of\\b)
  shocked sorry speechless stoked a_(?:nervous_)?wreck an?_(?:emotional_|hot_|total_)?mess stressed struck stuck stumped sure surprised thankful thrilled tired(?!_of\\b) touched
  swamped blessed busy struggling heartened hooked uncertain uneasy unsure up(?!_(?:at|early|late|around|before|by)\\b) upset uplifted worried
`);
const degrees = alternatives(
  "even so very really super too just kinda pretty quite truly totally absolutely extremely incredibly a_bit a_little always also more most less feeling getting staying stay sta(?:y|ying)_so kind_of not already still being",
);

/** "I am so proud of …", "I got really excited", "I have been super motivated". */
const feeling = new RegExp(
  `^(?:i|my .*) (?:am|is|are|were|was|feel|felt|get|got|became|become|remain|stay|stayed|have been|have felt|keep|kept) (?:${degrees} )*${feelings}\\b`,
);

const praise = alternatives(`
  amazing awesome awful beautiful best better brilliant cool crucial cute excellent exciting fabulous fantastic fun good
  gorgeous great hard helpful important incredible inspiring interesting lovely meaningful nice perfect powerful precious
  priceless rewarding sad special stunning super supportive sweet terrible tough unforgettable valuable vital wonderful
  worth huge insane intense roller_coaster blessing ride rough weird everything
`);
/** "My family is awesome": a judgement. */
const judgement = new RegExp(
  `^my (?!favou?rite\\b).*\\b(?:is|are|was|were|look|looks|looked|sound|sounds|feel|feels|felt|seem|seems|means?|meant|can be|has been|have been) (?:(?:${degrees}|such an?|an?|the|a lot|like) )*${praise}\\b(?! (?:at|in)\\b)`,
);
/** "My kids make me happy", "my friends keep me going". */
const influence =
  /^(?:i|my) .*(?<!god )\b(?:makes?|made|keeps?|kept|gets?|got|gives?|gave|motivates?|motivated|inspires?|inspired|encourages?|encouraged|reminds?|reminded|(?<!god )help|helps|helped|lets?|brings?|brought|supports?|supported|means?|meant) me\b/;

/** Whether a clause, in lower case, only says how a person feels or what the person admires. */
export function isFeeling(clause: string): boolean {
  return feeling.test(clause) || judgement.test(clause) || influence.test(clause);
}
