import { sayPhrase } from "./phrase-answers.ts";
import { toPlainEnglish } from "./plain-english.ts";
import { questionOf } from "./question.ts";
import { sayYesOrNo } from "./yes-or-no.ts";

const longestAnswer = 80;

const agreement =
  /^(?:(?:yes|yeah|yep|yup|of course|absolutely|definitely|certainly|I (?:do|am|have)(?=[,.!]|$))\b[\s,.!]*)+/i;
const refusal = /^(?:(?:no|nope|nah|not at all|not yet|never|I (?:do|am|have) not)\b[\s,.!]*)+/i;
const ornament =
  /^(?:(?:oh|well|hmm?|umm?|mostly|usually|it is|they are|mine is|my favou?rites? (?:one )?(?:is|are))\b[\s,.]*)+/i;

/**
 * Says in full, in the first person, what a short answer says in the light of the message before: "In Oslo." is
 * "I live in Oslo." Null when nothing was asked that it surely answers.
 */
export function answerInFull(
  before: string,
  message: string,
  isCommonWord: (word: string) => boolean,
): string | null {
  const [answer = ""] = message.split(/(?<=[.!?])\s|\n/, 1);
  if (answer.length > longestAnswer || answer.endsWith("?")) return null;
  const question = questionOf(before);
  if (question === null) return null;
  const plain = toPlainEnglish(answer).replace(ornament, "");
  const phrase = plain.replace(agreement, "");
  // What follows a bare "yes" tends to say it better.
  if (phrase === "") return answer.length === message.length ? sayYesOrNo(question, true) : null;
  const refused = plain.replace(refusal, "");
  if (refused === "") return sayYesOrNo(question, false);
  return refused === plain ? sayPhrase(question, phrase, isCommonWord) : null;
}
