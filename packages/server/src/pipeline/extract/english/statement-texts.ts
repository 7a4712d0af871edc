import { clausesOf } from "./clauses.ts";
import { splitPredicates } from "./coordination.ts";
import { belongingsIn } from "./belongings.ts";
import { withSubject } from "./dropped-subject.ts";
import { withOwnSubject } from "./own-subject.ts";
import { splitEnumeration } from "./enumeration.ts";
import { isEnglish } from "./is-english.ts";
import { textOf, type Sentence } from "./reader.ts";
import { withoutForeignReferences } from "./references.ts";
import { splitRelativeClause } from "./relative-clause.ts";
import { reword } from "./rewording.ts";
import { withoutRemark } from "./remark.ts";
import { toThirdPerson } from "./third-person.ts";
import { isWorthKeeping } from "./worth-keeping.ts";

/** The texts of the statements in a sentence: what it says about its speaker and is worth remembering, in the third person. */
export function statementTextsOf(sentence: Sentence): readonly string[] {
  if (!isEnglish(sentence)) return [];
  return clausesOf(withOwnSubject(withSubject(sentence)))
    .flatMap(splitRelativeClause)
    .flatMap(splitPredicates)
    .flatMap(splitEnumeration)
    .map(withoutRemark)
    .flatMap((clause) => {
      const own = withoutForeignReferences(clause);
      if (own === null || !isWorthKeeping(own)) return [];
      const text = toThirdPerson(own);
      return text === null ? [] : [reword(text), ...belongingsIn(textOf(own.tokens))];
    });
}
