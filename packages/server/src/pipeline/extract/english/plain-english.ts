const ornament = String.raw`[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200D\uFE0F]`;

/** Applied to the whole line, in this order. */
const rewritings: readonly (readonly [pattern: RegExp, plain: string])[] = [
  [/[’‘ʼ`´]/g, "'"],
  [/\*/g, ""], // Markdown emphasis
  [/ ?\([^()]*\)/g, ""], // asides
  // After a word, emoji before a capital or at the end become a full stop.
  [
    /(?<=[\p{L}\p{N}])(?<!\p{Extended_Pictographic})\s*(?:\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\u200D|\uFE0F)*\s*)+(?=\p{Lu}|$)/gu,
    ". ",
  ],
  [new RegExp(`(?<!${ornament})${ornament}+`, "gu"), " "],
  [/(?<=\s)[:;=]-?[()DPp3](?=\s|$)/g, ""],
  // Asides after a dash: "pottery - so calming". A list with hyphens is not an aside.
  [/(?<=[\p{L}\p{N}])(?: ?[–—]+ ?| ?-+ )[^.!?;–—]*/gu, ""],
  [/(?<!\p{L})'?(?:cause|cuz|cos|bc)(?= (?:i|my|it|they|he|she|we)\b)/giu, "because"],
  [wordOf("I'?m", "giu"), "I am"],
  [wordOf("I'?ve", "giu"), "I have"],
  [wordOf("i(?!\\.\\w)", "gu"), "I"],
  [/\bain't\b/gi, "am not"],
  [/\b(?:cannot|can'?t)\b/gi, "can not"],
  [/\bwon'?t\b/gi, "will not"],
  [/\b(do|does|did|is|was|has|have|are|were|had|could|would|should|must|need)n'?t\b/gi, "$1 not"],
  [/'re\b/gi, " are"],
  [/'ve\b/gi, " have"],
  [/'ll\b/gi, " will"],
  [/\b(I|you|he|she|it|we|they|that|there|who)'d\b/gi, "$1 would"],
  [/\b(he|she|it|that|there|what|who|where|how|when|name|here)'s\b/gi, "$1 is"],
  [
    /(?<=\w)'s(?= (?:an?|the|from|not|in|at|on|my|going|very|really|so|always|with|called|named|off|over|due|back|history|done|all|dead|closed|fine|cleared|healed|now|down|\d+|diabetic|pregnant|allergic|vegan|vegetarian|married|divorced|single|retired|autistic|turning|learning|working|studying|moving|coming|living|getting|starting)\b)/gi,
    " is",
  ],
  [
    /(?<=\w)'s (?=(?:just |now |all |finally )?(?:gone|left|quit|died|been|become|given up|got (?:an?|the|his|her|their)|(?:finished|moved|started|retired|passed|closed|ended|stopped|turned)\b|\p{L}{2,}ed (?:the|my|our|his|her|an?|to|in|into|from|out|off|up|on|over)\b)\b)/giu,
    " has ",
  ],
  // "My hair's bright pink": "'s" is "is" if no other verb follows.
  [
    /(?<=\b(?:my|our) (?:\p{Ll}{1,20} )?\p{Ll}{1,20})'s (?=(?:\p{Ll}+ ){1,4}?\p{Ll}+(?:$|[.,!;]))(?!(?:\p{Ll}+ ){0,4}?(?:is|are|was|were|has|have|had|do|does|did|can|will|would|went|came|got|said|made|\p{Ll}+(?:s|ed))\b)/gu,
    " is ",
  ],
  // "The laptop's fixed": "'s" is "is" before a participle at the end of the clause.
  [
    /(?<=\b(?:my|our|the) (?:\p{Ll}{1,20} )?\p{Ll}{1,20})'s (?=\p{Ll}{2,}(?:ed|en)(?:$|[.,!;]| (?:now|and|but|so|again)\b))/gu,
    " is ",
  ],
  [
    /(?<=\b(?:my|our) (?:\p{Ll}{1,20} )?\p{Ll}{1,20})'s (?=\p{Lu}\p{L}+(?: \p{Lu}\p{L}+){0,2}(?:$|[.,!;]| (?:and|but|so)\b))/gu,
    " is ",
  ],
  [/\bhave got (?!to\b)/gi, "have "],
  [/\bhave not got (?!to\b)/gi, "do not have "],
  [
    /(?<=^|[.!?,] )(?:(?:please|just|you can|people|my friends|everyone) )*calls? me (?=\p{Lu})/giu,
    "my name is ",
  ],
  [/(?<=^|[.!?] )(?:please )?(?:remember|note|keep in mind|fyi)(?: that)?[,:]? (?=(?:I|my) )/gi, ""],
  [
    /\bI do (?=(?:really )?(?:like|love|enjoy|have|want|need|play|work|live|eat|drink|read|speak|know)\b)/gi,
    "I ",
  ],
  [/\bany more(?=[.!,]|$)/gi, "anymore"],
  [/(?<=^|[.!?] )(?:these days|nowadays),? (?=\p{Lu})/giu, ""],
  [
    /(?<=\b(?:I|we)) would (?:really |also )?(?:like|love) to (?=(?:learn|live|become|be|visit|travel|own|have|start|write|study|speak|move|work|buy|climb|run|retire|open|adopt)\b)/gi,
    " want to ",
  ],
  [/ here (?=from\b)|(?<=\b(?:flew|came|moved|returned)) here (?=\p{L})/giu, " "],
  [/(?<!\w)'em\b/gi, "them"],
  [/(?<=\p{L}in)'(?= )/gu, "g"],
  [/\bmy faves?(?= )/gi, "my favorite"],
  [/(?<=\b(?:I|we) )workout\b/gi, "work out"],
  [/\bgonna\b/gi, "going to"],
  [/\bwanna\b/gi, "want to"],
  [/\bgotta\b/gi, "got to"],
];

/**
 * Makes a line uniform for the rules: full contractions, no ornaments or asides, and one form of some phrases ("call me Tom" becomes
 * "my name is Tom").
 */
export function toPlainEnglish(line: string): string {
  const isShouting = /\p{Lu}{2}/u.test(line) && !/\p{Ll}/u.test(line);
  const calm = isShouting ? line.toLowerCase() : line;
  return rewritings.reduce((text, [pattern, plain]) => text.replaceAll(pattern, plain), calm);
}

/** Matches `pattern` as a whole word. `\b` would treat an accented letter as the end of a word. */
function wordOf(pattern: string, flags: string): RegExp {
  const letter = "[\\w\\p{L}\\p{M}]";
  return new RegExp(`(?<!${letter})${pattern}(?!${letter})`, flags);
}
