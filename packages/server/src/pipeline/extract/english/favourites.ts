const own =
  /\bmy (?:favou?rites?|faves?)(?: ones?)? (is|are|would be|would have to be|has to be)(?: (?:probably|definitely|still))?(?= )/gi;
const asked = /\byour (?:\w+ )?(?:favou?rite|fave) ([\p{L} -]+?)(?: of all time| right now)?$/iu;
const manyOf =
  /\b(?:kinds? of|types? of|different|lots? of|many|all) (?:different |kinds of |types of )?(\p{Ll}+(?: \p{Ll}+)?),? but my favou?rite/u;

/** Adds the thing to "my favorite is X" if only the question or the words before name it. */
export function nameFavourites(line: string, question: string | null): string {
  if (!/favou?rite|fave/i.test(line)) return line;
  const thing = manyOf.exec(line)?.[1] ?? asked.exec(question ?? "")?.[1];
  if (thing === undefined || /^(?:thing|part|one)\b/.test(thing)) return line;
  return line.replaceAll(own, (_, verb: string) => {
    const isMany = verb === "are";
    return `my favorite ${isMany ? thing : singularOf(thing)} ${isMany ? "are" : "is"}`;
  });
}

function singularOf(things: string): string {
  return things
    .replace(/(?<=mov|cook)ies$/, "ie")
    .replace(/ies$/, "y")
    .replace(/(?<=[^su])s$/, "");
}
