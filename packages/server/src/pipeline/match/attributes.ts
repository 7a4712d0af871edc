// Attributes of a person that have one value at a time, whichever words give it: "is on a Pixel 6", "got a new iPhone".
import { endingWords } from "../statement/ending-words.ts";
import { wordSet } from "../word-lists.ts";
import { attributeWords, type AttributeWords } from "./attribute-words.ts";
import { changeSign } from "./change-signs.ts";
import { isAboutAnother } from "./people.ts";

const acquiring =
  /\b(?:got|bought|picked up|treated|caved|replaced|traded|upgraded|downgraded|swapped|converted|wiped|ditched|migrated|ported|jumped|rewrote|rewritten|cut over|went over|gone over|installed|promoted|meant|instead|put on|took up|left|signed up|opted)\b/u;
const isChange = (plain: string) =>
  changeSign.test(plain) || acquiring.test(plain) || endingWords.test(plain);

/** Words of a statement that replaces no earlier value: it adds a second one ("also"), or tells of a wish or of the past. */
const replacesNothing =
  /\b(?:also|too|another|second|as well|either|both|extra|additional|spare|besides|alongside|plus|visit(?:ed|ing)?|trip|holiday|vacation|rental|borrow(?:ed|ing)?|wants?(?! (?:the assistant|answers|replies|short|long))|wish(?:es)?|hopes?|would|might|(?<!\b(?:in|since|by|until) )may|could|should|if|thinking|considering|planning|plans|will|dreams?|used to|years ago|for work|from work|at work|work \p{L}+ is|weekends?|part-time|part time|on the side|helped|helping|looking (?:at|for)|going to|nearly|almost|needs?(?! \d)|when they were|had to|theirs|tomorrow|tonight|for once|this time|for the (?:day|night|weekend))\b/u;

/** The forms of a statement that gives no value of today: it tells of the past, of a plan or of a liking. */
const givesNoValue =
  /^user(?:'s [\p{L}-]+)? (?:was|had|did|used to|will|wants? to|plans?|likes?|loves?|enjoys?|hates?|does not like|once|has (?:had|been to|visited|seen)|needs?(?! \d)|hopes?|knows?|watched|visited|works? out)\b/u;

/** A word after a brand that makes it another thing: an "iPhone charger" is no iPhone. */
const accessory =
  /^(?:cases?|chargers?|covers?|cables?|screens?|apps?|stores?|adapters?|straps?|headphones|shares?|stocks?|shirts?|mugs?|keyboards?|monitors?|clubs?|conference|meetup|talk|course|class|dealer|garage|mechanic)$/;

interface Attribute extends AttributeWords {
  /** Whether it is something that the user uses: a phone, an editor. */
  readonly isTool: boolean;
  readonly kindSet: ReadonlySet<string>;
}

const byPhrase = new Map<string, Attribute[]>();
for (const each of attributeWords) {
  const attribute = {
    ...each,
    isTool: each.change === undefined && each.gives === undefined,
    kindSet: wordSet(each.kinds ?? ""),
  };
  for (const word of wordSet(each.words)) {
    const phrase = word.replaceAll("_", " ");
    byPhrase.set(phrase, [...(byPhrase.get(phrase) ?? []), attribute]);
  }
}

/** Attributes that a statement mentions, with the words that do. */
type Mentions = ReadonlyMap<Attribute, ReadonlySet<string>>;

function mentionedIn(plain: string): Mentions {
  const words = wordsOf(plain);
  const found = new Map<Attribute, Set<string>>();
  for (const [at, word] of words.entries()) {
    if (accessory.test(words[at + 1] ?? "")) continue;
    const phrases = [
      word,
      `${word} ${words[at + 1] ?? ""}`,
      `${word} ${words[at + 1] ?? ""} ${words[at + 2] ?? ""}`,
    ];
    for (const phrase of phrases)
      for (const attribute of byPhrase.get(phrase) ?? [])
        found.set(attribute, (found.get(attribute) ?? new Set()).add(phrase));
  }
  return found;
}

function wordsOf(plain: string): readonly string[] {
  return plain.match(/[\p{L}\p{N}][\p{L}\p{N}/+.'-]*(?<![.'])/gu) ?? [];
}

/** The attributes of which a statement (in plain words) gives a value, with the words that mention them. */
function givenIn(plain: string): Mentions {
  return new Map([...mentionedIn(plain)].filter(([{ gives }]) => gives === undefined || gives.test(plain)));
}

/** The attributes of which a statement (in plain words) gives a value that may change. */
function changeableIn(plain: string): Mentions {
  return (isAboutAnother(plain) && !partnerIsPregnant.test(plain)) || givesNoValue.test(plain)
    ? new Map()
    : givenIn(plain);
}

/** The names of the attributes of which a statement (in plain words) gives a value that may change. */
export function attributesOf(plain: string): readonly string[] {
  return [...changeableIn(plain).keys()].map(({ name }) => name);
}

/** Says that the user's partner is pregnant. The pregnancy is an attribute of both. */
const partnerIsPregnant = /^user's (?:wife|girlfriend|partner|fiancée?) is\b.*\b(?:pregnant|expecting)\b/u;
const ofBaby =
  /^user's (?:\p{L}+ )?(?:baby|daughter|son|twins|girl|boy)\b.*\b(?:born|arrived|came|here)\b|^baby\b/u;

/** What something is used for: "notes" in "uses Notion for notes". */
const purpose =
  / for (?!(?:years?|months?|weeks?|now|good|the|about|over|everything|their birthday|christmas|\d)\b)(.+)$/;

/** Whether two statements are about different purposes, so that both can be true. */
function differInPurpose(one: string, other: string): boolean {
  const [first, second] = [one, other].map((plain) => purpose.exec(plain)?.[1]?.replace(/ now$/, ""));
  return first !== undefined && second !== undefined && first !== second;
}

/** The attributes to which a statement gives a new value. */
export interface AttributeChange {
  readonly names: readonly string[];
  /** The attribute whose value in an earlier statement is replaced by the new one; null if none is. */
  readonly replacedIn: (earlier: string) => string | null;
}

/** The change of attributes that a statement (in plain words) says; null if it says none. */
export function attributeChangeIn(plain: string): AttributeChange | null {
  const isOfAnother = isAboutAnother(plain);
  if ((isOfAnother && !ofBaby.test(plain)) || replacesNothing.test(plain)) return null;
  const changed = [...givenIn(plain)].filter(
    ([{ name, change }]) =>
      (!isOfAnother || name === "pregnancy") && (change === undefined ? isChange(plain) : change.test(plain)),
  );
  if (changed.length === 0) return null;
  const isRenewed = /\b(?:new|changed|switched|swapped|upgraded|replaced|moved|from)\b/u.test(plain);
  return {
    names: changed.map(([{ name }]) => name),
    replacedIn: (earlier) => {
      if (differInPurpose(plain, earlier)) return null;
      const known = changeableIn(earlier);
      const replaced = changed.find(([attribute, words]) => {
        const old = known.get(attribute);
        if (old === undefined || differInKind(attribute, plain, earlier)) return false;
        return !attribute.isTool || isRenewed || [...words].some((word) => !old.has(word));
      });
      return replaced?.[0].name ?? null;
    },
  };
}

/** Whether two statements are about different kinds of an attribute. */
function differInKind({ kindSet, hasKind }: Attribute, one: string, other: string): boolean {
  if (kindSet.size === 0) return false;
  const [first, second] = [one, other].map((plain) => wordsOf(plain).filter((word) => kindSet.has(word)));
  const isKnown = hasKind === true || (first!.length > 0 && second!.length > 0);
  return isKnown && !first!.some((word) => second!.includes(word));
}
