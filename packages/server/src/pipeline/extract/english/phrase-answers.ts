/** A question, the phrases that answer it, and the full sentence. `groups` are those of `question`. */
interface Answer {
  readonly question: RegExp;
  readonly phrase: RegExp;
  /** The phrase is a name, so it keeps its capital. */
  readonly isName?: true;
  readonly says: (phrase: string, ...groups: readonly string[]) => string;
}

/** Words that may begin an answer with a capital but are not names. */
const noName = "By|On|At|Around|With|Under|Across|Between|Close|Next|Just|Far|Some(?!r)\\w*|Every\\w*";
const place = new RegExp(
  `^(?!(?:${noName})\\b)(?:(?:[Ii]n|[Nn]ear|[Oo]utside) )?(?:[Tt]he )?\\p{Lu}[\\p{L} ,.'-]*$`,
  "u",
);
const surroundings = /^(?:by|on|at|around|close to|next to|in|near) the [\p{L} ,.'-]+$/iu;
const amount = /^(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\b/i;
const noun = /^[\p{L}\p{N}][\p{L}\p{N} ,.:'&/-]*$/u;

/** Phrases that do not answer the question. */
const evasion =
  /\b(?:i|you|it|that|this|they|he|she|we|depends?|nothing|none|nowhere|sure|know|maybe|both|same|too|everything|anything|all|many|lots|why|not|no|here|there|thanks?|my|me|your?s?|is|are|was|were|have|has|had|can|do|does|did)\b/i;
const mostWords = 8;

const answers: readonly Answer[] = [
  {
    question: /^where (?:do you live|are you (?:based|located|living))(?: now| currently)?$/,
    phrase: place,
    isName: true,
    says: (phrase) => `I live ${inPlace(phrase)}`,
  },
  {
    question: /^where (?:do you live|are you living)(?: now| currently)?$/,
    phrase: surroundings,
    says: (phrase) => `I live ${phrase}`,
  },
  {
    question: /^where (?:are you|do you come) from$/,
    phrase: place,
    isName: true,
    says: (phrase) => `I am from ${phrase.replace(/^in /i, "")}`,
  },
  {
    question: /^where (?:did you grow up|were you born)$/,
    phrase: place,
    isName: true,
    says: (phrase) => `I grew up ${inPlace(phrase)}`,
  },
  {
    question: /^where did you grow up$/,
    phrase: surroundings,
    says: (phrase) => `I grew up ${phrase}`,
  },
  {
    question: /^(?:what is your name|what (?:should|can|do) i call you)$/i,
    phrase: /^\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'.-]+){0,2}$/u,
    isName: true,
    says: (phrase) => `My name is ${phrase}`,
  },
  {
    question: /^(?:how old are you|what is your age)$/,
    phrase: /^\d{1,3}(?: years old)?$/,
    says: (phrase) => `I am ${phrase}`,
  },
  {
    question: /^what is your (\w+(?:'s)?) name$/,
    phrase: /^\p{Lu}[\p{L}'-]+$/u,
    isName: true,
    says: (phrase, owner) => `My ${owner.replace(/'?s?$/, "'s")} name is ${phrase}`,
  },
  {
    question: /^what (?:are you|do you) (study|studying|teach|teaching|majoring in)$/,
    phrase: noun,
    says: (phrase, verb) => (verb.includes("ing") ? `I am ${verb} ${phrase}` : `I ${verb} ${phrase}`),
  },
  { question: /^when is your birthday$/, phrase: /\d/, says: (phrase) => `My birthday is ${phrase}` },
  { question: /^where do you work$/, phrase: /^(?:at|for|in) /i, says: (phrase) => `I work ${phrase}` },
  {
    question: /^(?:what|which|who) (is|are) your (favou?rite [\p{L} -]+)$/u,
    phrase: noun,
    says: (phrase, verb, thing) => `My ${thing} ${verb} ${phrase}`,
  },
  {
    question: /^how many ([\p{L} -]+) do you have$/u,
    phrase: /^(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})$/i,
    says: (phrase, things) => `I have ${phrase} ${things}`,
  },
  { question: /^do you have [\p{L} -]+$/u, phrase: amount, says: (phrase) => `I have ${phrase}` },
  {
    question: /^what do you do(?: for (?:a living|work))?$/,
    phrase: /^an? \p{L}/iu,
    says: (phrase) => `I am ${phrase}`,
  },
  {
    question: /^what (?:do you (?:like|love) to do|do you do for fun|are your hobbies)\b[\p{L} ]*$/u,
    phrase: /^\p{L}+ing\b/u,
    says: (phrase) => `I like ${phrase}`,
  },
  {
    question:
      /^(?:what|which) [\p{L} ]+ do you (play|drive|speak|like|teach|study|collect|watch|read|listen to)\b[\p{L} ]*$/u,
    phrase: noun,
    says: (phrase, verb) => `I ${verb} ${phrase}`,
  },
];

/** Turns a phrase that answers this question into a sentence in the first person; null if no rule is sure. */
export function sayPhrase(
  question: string,
  answer: string,
  isCommonWord: (word: string) => boolean,
): string | null {
  const phrase = answer.replace(/(?<![\s.,!])[\s.,!]+$/, "").replaceAll(/["“”]/g, "");
  if (evasion.test(phrase) || phrase.split(" ").length > mostWords) return null;
  for (const { question: pattern, phrase: expected, isName, says } of answers) {
    const asked = pattern.exec(question);
    if (asked === null || !expected.test(phrase)) continue;
    return `${says(isName ? phrase : withoutCapital(phrase, isCommonWord), ...asked.slice(1))}.`;
  }
  return null;
}

function inPlace(phrase: string): string {
  return /^(?:in|near|outside) /i.test(phrase)
    ? phrase.charAt(0).toLowerCase() + phrase.slice(1)
    : `in ${phrase}`;
}

/** "Blue." has its capital because it is the first word; "Google." is a name. */
function withoutCapital(phrase: string, isCommonWord: (word: string) => boolean): string {
  const [word = ""] = phrase.split(/[\s,]/, 1);
  return isCommonWord(word.toLowerCase()) ? word.toLowerCase() + phrase.slice(word.length) : phrase;
}
