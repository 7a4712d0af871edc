// In this file, a question is in lower case and has no "?" at its end.

/** How a question becomes the statement that a bare "yes" or "no" makes. */
interface Rule {
  readonly question: RegExp;
  readonly yes: string;
  readonly no: string;
}

const rules: readonly Rule[] = [
  // "Do you want to …" and "do you mind …" ask for a decision, not for a fact.
  {
    question: /^do you (?!want\b|need\b|mind\b|think\b|wish\b)(?:have any (?=\w))/,
    yes: "I have ",
    no: "I do not have any ",
  },
  {
    question: /^do you (?!want\b|need\b|mind\b|think\b|wish\b)(?:ever |still )?/,
    yes: "I ",
    no: "I do not ",
  },
  { question: /^are you /, yes: "I am ", no: "I am not " },
  { question: /^have you ever /, yes: "I have ", no: "I have never " },
  { question: /^have you /, yes: "I have ", no: "I have not " },
];

/** The rest of a question with one of these words is about the one who asks, is about the user again, or offers a choice. */
const unclear = /\b(?:i|me|my|mine|we|us|our|or|you|yourself|yours)\b/i;

/** A short answer to a question with one of these words states no fact. */
const vague =
  /\b(?:other|else|favou?rites?|plans?|recommendations?|suggestions?|tips|advice|questions?|ideas?)\b/i;

const feelingForIt =
  /^I (?:really |absolutely |also )?(like|love|enjoy|hate|adore) (?:it|them|that|those)\b/i;

/** Turns "I love it" after "do you like jazz" into "I love jazz."; null for any other answer. */
export function replacePronoun(question: string, answer: string): string | null {
  const [, verb] = feelingForIt.exec(answer) ?? [];
  const [, thing] = /^do you (?:like|love|enjoy|hate) (.+)$/.exec(question) ?? [];
  if (verb === undefined || thing === undefined || unclear.test(thing) || vague.test(thing)) return null;
  return `I ${verb.toLowerCase()} ${thing.replaceAll(/\byour\b/gi, "my")}.`;
}

/** Turns "yes" or "no" to this question into a sentence in the first person; null if that is not safe. */
export function sayYesOrNo(question: string, agrees: boolean): string | null {
  for (const { question: pattern, yes, no } of rules) {
    if (!pattern.test(question)) continue;
    const rest = question.replace(pattern, "");
    const said = agrees ? rest.replace(/^(\w+) any /, "$1 ") : rest;
    return unclear.test(rest) || vague.test(rest)
      ? null
      : `${agrees ? yes : no}${said.replaceAll(/\byour\b/gi, "my")}.`;
  }
  return null;
}
