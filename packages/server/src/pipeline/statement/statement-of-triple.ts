import { selfName, type Tense, type Triple } from "@memlane/core/internal";
import { statementOf, type Statement } from "./statement.ts";
import { canonicalOf, familyOf, givenPredicateOf, sentenceOf } from "./triple.ts";
import { wordSet } from "../word-lists.ts";
import { withoutFullStop } from "./wordings.ts";

/** A fact as a client sends it. */
export interface GivenFact extends Pick<Triple, "subject" | "predicate" | "object" | "objectIsLiteral"> {
  /** Ignored for the user, who is `self`. @default `unknown` */
  readonly subjectType: string | undefined;
  readonly confidence: number;
  readonly tense: Tense;
  /** When it became true. */
  readonly validFrom: Date;
}

/** How clients name the user. */
const selves = wordSet("self user me i");

/** The subject in our spelling: `self` for the user. */
export function subjectOf(name: string): string {
  return selves.has(canonicalOf(name)) ? selfName : name;
}

/** The statement of a fact that a client sends. A fact about the past or the future contradicts no current one. */
export function statementOfTriple(given: GivenFact): Statement {
  const { object, objectIsLiteral, tense, validFrom, confidence } = given;
  const predicate = givenPredicateOf(given.predicate);
  const subject = subjectOf(given.subject);
  const sentence = sentenceOf({ subject, predicate, object });
  const speaker = { role: "user", saidAt: validFrom, eventId: null, index: 0 };
  const statement = statementOf(sentence, speaker);
  const text =
    tense === "current"
      ? sentence
      : `${withoutFullStop(sentence)} (${tense === "past" ? "in the past" : "planned"}).`;
  return {
    ...statement,
    text,
    datedText: text,
    triple: {
      subject,
      predicate,
      object,
      predicateRaw: given.predicate,
      predicateFamily: familyOf(predicate, statement.factType),
      subjectType: subject === selfName ? selfName : given.subjectType || "unknown",
      objectIsLiteral,
      subjectCanonical: canonicalOf(subject),
      objectCanonical: canonicalOf(object),
    },
    confidence,
    tense,
    validFrom,
    ...(tense !== "current" && {
      slot: null,
      retracts: false,
      fingerprint: `${tense} ${statement.fingerprint}`,
    }),
  };
}

/** The fingerprint of the current fact that a fact about the past restates. */
export function currentFingerprintOf({ fingerprint, tense }: Statement): string {
  return tense === "past" ? fingerprint.slice("past ".length) : fingerprint;
}
