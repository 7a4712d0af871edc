const name = "\\p{Lu}[\\p{L}\\d'&-]{0,30}(?: \\p{Lu}[\\p{L}\\d'&-]{0,30}){0,2}";
const getsName = [
  "is (?:now|nowadays) (?:called|named|known as)",
  "(?:was|got|has been|is being|is) (?:\\p{Ll}{2,12}ly )?(?:renamed|rebranded)(?: to| as)?",
  "(?:has )?(?:just |recently )?(?:changed its name|rebranded|renamed itself|rebranded itself) (?:to|as)",
].join("|");
const saying = new RegExp(
  `(?<=^|[.!?] )(?:(?:[Mm]y|[Oo]ur) (?:\\p{Ll}{2,15} ){0,2}\\p{Ll}{2,15},? )?(${name}),? (?:${getsName}) (${name})(?=[.!,;]|$)`,
  "gu",
);
/** Few lines have one of these words, and looking for a word is fast. */
const sayingWords = /named|called|known as|rebranded|its name/;
const isPronoun = /^(?:He|She|You|They|We|It|That|This|There|Who|What|I|Everything|Nothing)$/;

/** The new names that a line gives to what it names: "Acme was renamed to Globex" says `Acme is now called Globex.` */
export function newNamesIn(line: string): readonly string[] {
  if (!sayingWords.test(line)) return [];
  return [...line.matchAll(saying)].flatMap(([, old = "", current]) =>
    isPronoun.test(old) ? [] : [`${old} is now called ${current}.`],
  );
}
