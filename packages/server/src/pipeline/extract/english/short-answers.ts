import { sayPhrase } from "./phrase-answers.ts";
import { toPlainEnglish } from "./plain-english.ts";
import { replacePronoun, sayYesOrNo } from "./yes-or-no.ts";

const longestAnswer = 120;
/** How many characters at the beginning of a message are searched for an answer. */
const reach = 600;

const agreement =
  /^(?:(?:yes|yeah|yep|yup|of course|absolutely|definitely|certainly|I (?:do|am|have)(?=[,.!]|$))\b[\s,.!]*)+/i;
const refusal = /^(?:(?:no|nope|nah|not at all|not yet|never|I (?:do|am|have) not)\b[\s,.!]*)+/i;
/** Words before the answer. */
const hedge = new RegExp(
  String.raw`^(?:(?:${[
    "oh|well|hmm?|umm?|mostly|usually|probably|so|but|right now",
    "(?:it|that) is (?:a )?(?:hard|tough|difficult|good|great)(?: one| question| choice| to (?:say|choose|pick))?",
    "(?:it|they|mine|that) (?:is|are|would be|would have to be|has to be)",
    "my (?:\\w+ )?favou?rites?(?: one)? (?:is|are|would be|would have to be|has to be)",
    "I (?:think )?(?:I )?(?:would|will) (?:have to )?(?:say|go with|pick|choose)",
    "I (?:think|guess)",
  ].join("|")})\b[\s,.!]*)+`,
  "i",
);

/**
 * Turns a short answer and its question into a sentence in the first person: "In Oslo." into "I live in Oslo." Null if the
 * meaning is not certain.
 */
export function answerInFull(
  question: string,
  message: string,
  isCommonWord: (word: string) => boolean,
): string | null {
  const sentences = message.slice(0, reach).split(/(?<=[.!?])\s|\n/, 2);
  const [plain, answer] =
    sentences
      .map((sentence) => [toPlainEnglish(sentence).replace(hedge, ""), sentence] as const)
      .find(([said]) => said !== "") ?? [];
  if (plain === undefined || answer === undefined) return null;
  if (answer.length > longestAnswer || answer.endsWith("?")) return null;
  const phrase = plain.replace(agreement, "");
  const named = replacePronoun(question, phrase);
  if (named !== null) return named;
  if (phrase === "") return sayYesOrNo(question, true);
  const refused = plain.replace(refusal, "");
  if (refused === "") return sayYesOrNo(question, false);
  return refused === plain ? sayPhrase(question, phrase, isCommonWord) : null;
}
