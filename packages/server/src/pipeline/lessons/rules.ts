/** A rule that a sentence states, and its reason. */
interface Rule {
  readonly text: string;
  readonly because: string | null;
}

const longestRule = 1000;

const opening = /^(?:[-*•]\s+)?(?:(?:so|and|but|also|ok|okay|please|yes|no)[,:]?\s+)*/i;
/** Words that say that a rule follows: "Remember: …", "Next time, …". */
const marker =
  /^(?:(?:(?:the )?lessons?(?: learned)?|(?:i )?learned(?: that)?|note to self|takeaway|remember|tip|gotcha|rule|important)\s*[:,–—-]\s*|remember (?:that|to)\s+|(?:for )?(?:the )?next time[,:]?\s+|from now on[,:]?\s+|going forward[,:]?\s+|in (?:the )?future[,:]?\s+)/i;
/** "Always run …", "you must never push …". */
const universal =
  /^(?:(?:you|we|i) (?:should |must |have to |need to )?)?(?:make sure to |be sure to )?(?:always|never)\s+[a-z]/i;
/** "When `npm ci` fails, …". */
const condition =
  /^(?:when(?:ever)?|if|before|after|every time|each time)\s[^,]{1,400},\s+(?:then\s+)?(\S.*)$/i;
/** Words that begin a report of what happened, not an order. */
const report =
  /^(?:i|we|it|he|she|they|this|that|these|those|there|the|a|an|my|our|your|its|everything|nothing|something|you (?!should|must|have to|need to|can))\b/i;
const reason = /(?:,\s*|\s)(?:because|since|as otherwise|or else|otherwise|so that)\s+([^.!;]{3,400})/i;

/** The rule that a sentence states for later work; undefined if it states none. */
export function ruleIn(sentence: string): Rule | undefined {
  if (sentence.length > longestRule) return undefined;
  const said = sentence.trim().replace(opening, "");
  if (said.endsWith("?")) return undefined;
  const mark = marker.exec(said)?.[0] ?? "";
  const rule = said.slice(mark.length);
  if (rule.length < 8) return undefined;
  if (mark === "" && !universal.test(rule) && !isConditionalOrder(rule)) return undefined;
  return {
    text: rule.charAt(0).toUpperCase() + rule.slice(1),
    because: reason.exec(rule)?.[1]?.trim() ?? null,
  };
}

function isConditionalOrder(said: string): boolean {
  const order = condition.exec(said)?.[1];
  return order !== undefined && order !== "" && !report.test(order);
}
