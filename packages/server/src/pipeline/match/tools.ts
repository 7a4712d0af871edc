// Another tool, place or company for the same activity: "does all their writing in Google Docs now" after "writes with Scrivener".
import { inLowerCase } from "../statement/wordings.ts";
import { wordSet } from "../word-lists.ts";
import { besideSign, changeSign } from "./change-signs.ts";
import { keysOf } from "./endings.ts";
import type { Update } from "./updates.ts";

const adverb = "(?:(?:now|mostly|always|usually|only|just|still|all|often|currently) )*";
const end =
  "(?: (?:now|these days|nowadays|instead|again|from now on|since .*|because .*|anymore|at the moment))*$";
const own = "(?:(?:all|most) )?(?:of )?(?:(?:their|the) )?";
/** A deed, and the tool or place of the deed. */
const forms: readonly RegExp[] = [
  `^user ${adverb}(?:uses|is using|is on|has) (?<tool>.+?) (?:for|to do) ${own}(?<deed>[\\p{L}-]+(?: [\\p{L}-]+)?)${end}`,
  `^user ${adverb}(?:does|gets|keeps|takes|writes|buys|makes) ${own}(?<deed>[\\p{L}-]+) (?:in|with|on|at|from|via|using) (?<tool>.+?)${end}`,
  `^user ${adverb}(?<deed>writes|draws|paints|edits|codes|programs|designs|reads|cooks|shops|banks|trains|rehearses|practises|practices|swims|climbs|works out|exercises|commutes|travels|listens to music|sleeps|records|publishes|blogs|invests|votes|learns|studies|navigates|tracks) (?:in|with|on|at|from|via|using|by|for) (?<tool>.+?)${end}`,
  `^user (?:has )?(?:switched|moved|changed|transferred|took|migrated) ${own}(?<deed>[\\p{L}-]+(?: [\\p{L}-]+)?) (?:over )?(?:from .+? )?(?:to|onto) (?<tool>.+?)${end}`,
  `^user's (?<deed>[\\p{L}-]+(?: [\\p{L}-]+)?) (?:is|are|runs|lives) (?:now )?(?:insured |hosted |based |managed )?(?:with|on|at|in|from|by) (?<tool>.+?)${end}`,
].map((source) => new RegExp(source, "u"));

/** Deeds that say too little: two of them need not be the same deed. */
const vague = wordSet("it that this thing all them one way lot work job car house home time");
const sameDeeds: ReadonlyMap<string, string> = new Map(
  Object.entries({
    wifi: "internet",
    broadband: "internet",
    fibr: "internet",
    fibre: "internet",
    mail: "email",
    mobil: "phon",
    grocer: "shop",
  }),
);

interface Use {
  readonly deed: string;
  readonly words: readonly string[];
  readonly tool: string;
}

/** The tool that a statement changes; null if it changes none. */
export function toolChangeIn(text: string): Update | null {
  const statement = inLowerCase(text);
  if (!changeSign.test(statement) || besideSign.test(statement)) return null;
  const said = useIn(statement);
  if (said === null) return null;
  return {
    keys: said.words,
    replaces: (earlier) => {
      const known = useIn(earlier);
      return known !== null && known.deed === said.deed && known.tool !== said.tool;
    },
  };
}

function useIn(statement: string): Use | null {
  for (const form of forms) {
    const { deed, tool } = form.exec(statement)?.groups ?? {};
    if (deed === undefined || tool === undefined) continue;
    const [word] = keysOf(deed).slice(-1);
    if (word === undefined || vague.has(word)) return null;
    const root = rootOf(word);
    return { deed: sameDeeds.get(root) ?? root, words: formsOf(word), tool };
  }
  return null;
}

/** "Writing" and "writes", "groceries" and "grocery" have one root. */
function rootOf(word: string): string {
  return word.length > 5 ? word.replace(/(?:ing|er|ies|i|e|s)$/, "") : word.replace(/e$/, "");
}

/** The roots of all words for the same deed, and the word itself. */
function formsOf(word: string): readonly string[] {
  const root = rootOf(word);
  const deed = sameDeeds.get(root);
  const others = [...sameDeeds].flatMap(([from, to]) => (to === deed ? [from] : []));
  return [...new Set([word, root, ...others, ...(deed === undefined ? [] : [deed])])];
}
