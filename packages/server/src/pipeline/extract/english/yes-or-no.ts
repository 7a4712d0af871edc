/** What a bare "yes" or "no" says: the question, turned into a statement of who answers. */
interface Turn {
  readonly question: RegExp;
  readonly yes: string;
  readonly no: string;
}

const turns: readonly Turn[] = [
  // "Do you want to …" and "do you mind …" ask for a decision, and not for a fact.
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

/** Whose matters the question also speaks of: the one who asks, or a choice that "yes" does not make. */
const unclear = /\b(?:i|me|my|mine|we|us|our|or|you|yourself|yours)\b/i;

/** What a bare "yes" to says nothing of. */
const vague =
  /\b(?:other|else|favou?rites?|plans?|recommendations?|suggestions?|tips|advice|questions?|ideas?)\b/i;

const likingOfObject =
  /^I (?:really |absolutely |also )?(like|love|enjoy|hate|adore) (?:it|them|that|those)\b/i;

/** Says what "I love it" means as the answer to "Do you like jazz?"; null when it is no such answer. */
export function sayOfObject(question: string, answer: string): string | null {
  const [, verb] = likingOfObject.exec(answer) ?? [];
  const [, thing] = /^do you (?:like|love|enjoy|hate) (.+)$/.exec(question) ?? [];
  if (verb === undefined || thing === undefined || unclear.test(thing) || vague.test(thing)) return null;
  return `I ${verb.toLowerCase()} ${thing.replaceAll(/\byour\b/gi, "my")}.`;
}

/** Says in the first person what agreeing or not with this question means; null when that is not safe. */
export function sayYesOrNo(question: string, agrees: boolean): string | null {
  for (const { question: pattern, yes, no } of turns) {
    if (!pattern.test(question)) continue;
    const rest = question.replace(pattern, "");
    const said = agrees ? rest.replace(/^(\w+) any /, "$1 ") : rest;
    return unclear.test(rest) || vague.test(rest)
      ? null
      : `${agrees ? yes : no}${said.replaceAll(/\byour\b/gi, "my")}.`;
  }
  return null;
}
