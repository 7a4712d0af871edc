import { alternatives } from "../../word-lists.ts";

const singles = alternatives(`
  wife husband girlfriend boyfriend fiancée? son daughter stepson stepdaughter brother sister twin grandson
  granddaughter nephew niece dog puppy cat kitten horse pony rabbit bunny hamster parrot turtle goldfish snake lizard
`);
const groups = alternatives(`
  sons daughters brothers sisters kids children grandkids grandchildren nephews nieces twins dogs puppies cats kittens
  horses rabbits bunnies hamsters parrots turtles snakes chickens cows goats pets
`);
const counts = alternatives("two three four five six seven eight nine ten \\d+");
const sorts = alternatives("older younger big little elder eldest oldest youngest pet");

/** "My sister", "my two dogs", "my dog Rex". Not "my dog food": no noun may follow. */
const belonging = new RegExp(
  String.raw`\b(?:[Mm]y|[Oo]ur) (?:(?:(${sorts}) )?(${singles})(?:,? (\p{Lu}\p{Ll}+))?|(?:(${counts}) )?(?:${sorts} )?(${groups}))(?=[.,;:!?]|$|'s\b| (?:and|or|but|is|are|has|have|in|at|on|to|for|with|who|when|every|together|around|out|lives?|works?|loves?|likes?)\b)`,
  "gu",
);

/** Words that show that the user no longer has the thing, or does not have it yet. */
const doubtful =
  /\b(?:not|never|no longer|was|were|had|used to|died|lost|late|ex|former|miss|misses|want|wants|wish|hopes?|without|imaginary|when I was|if)\b/;

/** The possessions that a clause in the first person implies: a user who says "my dog" has a dog. */
export function belongingsIn(clause: string): readonly string[] {
  if (doubtful.test(clause)) return [];
  return [...clause.matchAll(belonging)].flatMap(([said, sort, single, name, count, group], index) => {
    // "My sister Ana works at Acme" already says that there is a sister.
    if (index === 0 && single !== undefined && clause.startsWith(said)) return [];
    if (single === undefined) return `User has ${count === undefined ? "" : `${count} `}${group}.`;
    const noun = sort === undefined ? single : `${sort} ${single}`;
    const article = /^[aeiou]/.test(noun) ? "an" : "a";
    return `User has ${article} ${noun}${name === undefined ? "" : ` named ${name}`}.`;
  });
}
