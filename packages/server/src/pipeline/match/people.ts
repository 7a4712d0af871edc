// Statements about people whom the user knows are compared like statements about the user.
import { distinctBeings, pets, relatives } from "../statement/topic-words.ts";

const related = new RegExp(`^User's (${distinctBeings})(?:,? (\\p{Lu}[\\p{L}'-]*),?)? (\\p{Ll}.*)$`, "u");
const named = /^(?!User\b)(\p{Lu}\p{Ll}[\p{L}'-]*) (\p{Ll}.*)$/u;

const notTheUser = new RegExp(
  `^(?!user[ '])|^user's (?!family \\p{L}+ (?:is|are|has)\\b)(?:\\p{L}+ )?(?:${relatives}|${pets}|friends?|mate|neighbou?rs?|colleagues?|co-?workers?|cousins?|ex|in-?laws|folks)\\b`,
  "u",
);

/** Whether a statement in plain words is about another person. */
export function isAboutAnother(plain: string): boolean {
  return notTheUser.test(plain);
}

/** A statement about another person: who this person is, and the same statement about the user. */
export interface OtherPerson {
  readonly name: string | null;
  readonly relation: string | null;
  readonly asUser: string;
}

/** The person that a statement is about; null if it is about the user. */
export function otherPersonIn(text: string): OtherPerson | null {
  const [, known, name, predicate] = related.exec(text) ?? [];
  if (known !== undefined)
    return { name: name?.toLowerCase() ?? null, relation: known.toLowerCase(), asUser: `User ${predicate}` };
  const [, only, said] = named.exec(text) ?? [];
  return only === undefined ? null : { name: only.toLowerCase(), relation: null, asUser: `User ${said}` };
}

/** Whether two statements may be about the same person. */
export function isSamePerson(one: OtherPerson, other: OtherPerson): boolean {
  if (one.name !== null && other.name !== null) return one.name === other.name;
  return one.relation !== null && one.relation === other.relation;
}
