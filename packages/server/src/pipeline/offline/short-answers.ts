import { wordSet } from "../word-set.ts";
import { toPlainEnglish } from "./plain-english.ts";

/** Fills the answer, and the question's `$1`, `$2` …, into a sentence in the first person. */
interface Reading {
  readonly question: RegExp;
  readonly answer: RegExp;
  readonly said: string;
}

const place = /^(?:(?:in|near|outside|just outside) )?(?:the )?\p{Lu}[\p{L} .,'-]*$/u;
const number = /^(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\b/i;
const noun = /^[\p{L}\p{N}][\p{L}\p{N} ,.'&-]*$/u;
const activity = /^\p{L}+ing\b/u;
const named = /^\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'.-]+){0,2}$/u;

/** Questions that a phrase answers; `$a` is the answer, `$i` the answer behind "in" unless it brings its own. */
const readings: readonly Reading[] = [
  { question: /^where (?:do you live|are you (?:based|located|living))(?: now)?$/, answer: place, said: "I live $i" },
  { question: /^where (?:are you|do you come) from$/, answer: place, said: "I am from $p" },
  { question: /^where did you grow up$/, answer: place, said: "I grew up $i" },
  { question: /^where were you born$/, answer: place, said: "I was born $i" },
  { question: /^(?:what is your name|what (?:should|can|do) i call you)$/, answer: named, said: "my name is $a" },
  { question: /^(?:how old are you|what is your age)$/, answer: /^\d{1,3}(?: years old)?$/, said: "I am $a" },
  { question: /^when is your birthday$/, answer: /\d/, said: "my birthday is $l" },
  { question: /^(?:what|which) (is|are) your (favou?rite [\p{L} -]+)$/u, answer: noun, said: "my $2 $1 $l" },
  { question: /^who is your (favou?rite [\p{L} -]+)$/u, answer: noun, said: "my $1 is $a" },
  { question: /^how many ([\p{L} -]+) do you have$/u, answer: number, said: "I have $n $1" },
  { question: /^do you have (?:any )?[\p{L} -]+$/u, answer: number, said: "I have $l" },
  { question: /^what do you do(?: for (?:a living|work))?$/, answer: /^an? \p{L}/iu, said: "I am $l" },
  { question: /^what (?:do you (?:like|love) to do|do you do for fun|are your hobbies)\b[\p{L} ]*$/u, answer: activity, said: "I like $l" },
  { question: /^(?:what|which) [\p{L} ]+ do you (play|drive|speak|like|teach|study|collect|watch|read)(?: .*)?$/u, answer: noun, said: "I $1 $l" },
];
