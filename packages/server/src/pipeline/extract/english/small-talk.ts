import { alternatives } from "../../word-lists.ts";

/** Verbs for opinions and reactions, not for facts about the speaker. */
const opinions = alternatives(`
  think thought guess suppose bet mean meant agree disagree imagine assume doubt wonder hear heard wish appreciate
  apologize thank swear promise admit say said tell told ask asked mention mentioned figure reckon suspect remember forget
  forgot recommend suggest feel felt find notice noticed realize realized see(?!_(?:an?|dr|doctor)\\b) saw understand relate expect care mind knew
  hope(?!_to\\b) know(?!_how_to\\b) believe(?!_in\\b)
`);

/** Moods that last no longer than the conversation. */
const moods = alternatives(`
  glad sorry sure certain jealous envious curious kidding joking impressed surprised shocked thankful grateful flattered
  aware honored positive down game free with_(?:you|u|that|this|it)\\b afraid(?!_of\\b)
`);

const doings = alternatives(`
  trying wondering saying talking asking guessing assuming feeling being doing_(?:well|good|great|ok|okay|fine|alright|it|that|this|pretty|so|just|better) about_to hoping(?!_to\\b)
  remembering reminiscing getting(?!_(?:married|divorced|engaged|an?|my)\\b) thinking(?!_(?:of|about)_\\w+ing\\b)
`);

/** Polite offers and wishes. */
const politeDeeds = alternatives(`
  go$ run$ leave say admit agree ask check see seeing try trying hear hearing know talk talking meet meeting
  get_going be_honest look think disagree thank help chat
`);
const inclinations = alternatives(
  "like love want have need got try am_going am_looking_forward look_forward",
);

const offers = alternatives(
  "wait help stop complain do try show send give get go handle say hear only always",
);
const hypotheses = alternatives("would could might may must should shall were had_better");
const topicsOfTalk = alternatives("idea sound way fact conversation chat");
const possessions = alternatives("idea clue questions? feeling point doubt problem lot_in_common time fun");
const ownRemarks = alternatives(
  "pleasure bad apologies point guess questions? mistake fault relationships rocks? journey heart mind inspiration motivation aim pick vision actions? words? voices? community conversation thoughts? condolences advice (?:favou?rites?|faves?|top_picks?|pick|choice|go-to)_(?:ones?_)?(?:is|are|was|were)",
);

/** Patterns of small talk, for a clause in lower case without adverbs. */
const patterns: readonly RegExp[] = [
  `^i (?:(?:do|did|can|have|had) )?(?:not |never )?${opinions}\\b`,
  `^i am (?:not )?${moods}\\b`,
  `^i (?:am|was) (?:not )?${doings}`,
  `^i (?:am|was) (?:not )?having (?:a )?(?:\\w+ )?(?:fun|time|day)\\b`,
  `^i (?:keep|kept) (?:getting|seeing)\\b`,
  `^i ${hypotheses}\\b(?! rather (?!not\\b))`,
  `^i can (?:not )?${offers}\\b`,
  `^i (?!(?:like|love) to (?:go|run)$)${inclinations} to ${politeDeeds}(?:\\b|$)`,
  `^i (?:chatted|talked|spoke|sat) `,
  `^i ate (?:\\w+ )?food$`,
  `^i (?:started|began) (?:when )?i `,
  `^i ended\\b`,
  `^i (?:started|began|stopped) (?:when|as|because|with|in|last|this)\\b`,
  `^i had (?:an?|such an?|quite an?|the) (?:\\w+ )?(?:week|day|month|year|time|weekend|incident|experience|adventure|moment|chance)\\b`,
  `^i can (?:raise|add|make|offer|get|reach|track|picture|use|bring|create|learn|share|focus|feel|tell|imagine|relate|understand)\\b`,
  `^my .*\\b(?:will(?! not\\b| be (?:in|at|on|held|called|\\d))|would|should|might)\\b`,
  // What a person plays or writes is not about that person.
  `^my (?:character|avatar|persona|protagonist|hero|heroine)\\b`,
  `^my .*\\b(?:says?|said) (?:hi|hello|hey|thanks|yes|no)\\b`,
  `^i (?:cried|blushed|giggled|sighed)\\b`,
  `^i (?:received|got|have gotten|have received|have got) .*\\b(?:compliments?|feedback|support|advice|praise|encouragement|idea|impression|sense)\\b`,
  `\\b(?:what (?:people|others|they)|take a look|took a look|so many|thinking (?:about|of) (?:how|what|why))\\b`,
  // Things that only the conversation explains.
  `^i (?:just |also |even )?(?:have )?(?:got|get|met|made|found|saw|had|heard|picked up) some (?:\\w+ )?(?:\\w+ )?\\w+$`,
  `^i (?:\\w+ ){0,4}\\w+ing others$`,
  `^i am (?:the )?(?:user|speaker|person) ?\\d`,
  `^i (?:am going|want|hope|have) to (?:make my own (?:path|way)|be (?!an?\\b|the\\b|in\\b|at\\b|able\\b|on\\b)\\w+(?: for| with| and|$))`,
  // A scene: "I was walking home when …"
  `^i was (?!working|living|studying|serving|teaching)\\w+ing\\b`,
  `^i was (?:out|just|in the middle of) \\w+ing\\b`,
  // The purpose of a deed: "I wanted to make it cosy."
  `^i wanted\\b(?! to be an?\\b)`,
  `^i (?!had to (?:sell|give|rename|move|cancel|quit|stop|leave|drop|postpone|close|replace|switch|rehome|change|retire|resign|cut|put)\\b)(?:needed|tried|hoped|chose|had|used what|am able|was able|got|get|am here|am supposed|am meant|tend) (?:\\w+ \\w+ )?to\\b(?! (?:an?|the|my|our)\\b)`,
  `^i (?:am|have been|was) (?:keeping |so |super |really )*busy\\b`,
  `^i (?:am|was) (?:\\w+ )?(?:on the hunt|over the moon|on my way|in awe|at a loss|here for|all ears|in love with (?:the|how)|a mix|part of|there|off to (?:bed|sleep|work)|ready|behind|in the process|on board|in charge|worth)\\b`,
  `\\b(?:lend(?:ing)? a hand|(?:take|taking|took) (?:the time|a break|a shot|a chance|a picture|care|action|control)|reach(?:ed|ing)? out|check(?:ed|ing)? in\\b|fill you in|more than ever|whatever comes|each other|one another|out of my comfort zone|my (?:way|best)$)`,
  `^i (?:like|love|enjoy|enjoyed|loved|liked) (?:talking|chatting|hearing|meeting|the ${topicsOfTalk})\\b`,
  `^i (?:do not )?have (?:(?:an?|any|no|some|the) )?(?:\\w+ )?${possessions}\\b`,
  `^i have (?:a lot|lots|so much|much|something|things) in common\\b`,
  `^my ${ownRemarks}\\b`,
  `\\bi (?:think|guess|suppose|mean|hope|believe)$`,
].map((source) => new RegExp(source));

const vague = new RegExp(
  `^(?:i|my) (?:[^ ]+ ){0,5}(?:something|anything(?! (?:with|containing|made)\\b)|(?<!seeing |dating )someone|(?<!for |switched |moved |migrated |ported )(?:everyone|everything)|somebody|anybody|anyone|some people|(?<!favou?rite )things?|stuff|what|whatever)\\b`,
);

/** Whether a clause, in lower case without adverbs, is about something that it does not name: "I did something new". */
export function isVague(clause: string): boolean {
  return vague.test(clause);
}

/** Whether a clause is only small talk. */
export function isSmallTalk(clause: string): boolean {
  return patterns.some((pattern) => pattern.test(clause));
}
