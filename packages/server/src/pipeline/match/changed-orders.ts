// Standing instructions that contradict each other: "stop using bullet points" after "always answer in bullet points".
import { inLowerCase } from "../statement/wordings.ts";
import { wordSet } from "../word-lists.ts";
import { keysOf } from "./endings.ts";
import type { Update } from "./updates.ts";

const order =
  /^user (?<not>does not want|no longer wants)? ?(?:wants? )?(?:the assistant (?:to )?(?<stop>stop|avoid|no longer)? ?)?(?<deed>.+)$/u;
const isOrder =
  /^user (?:wants?|does not want|no longer wants) (?:the assistant\b|\p{L}+ (?:answers|replies|responses|explanations)\b)/u;
const fillers = wordSet(
  "user want th assistant to us use using always never answer reply repli write respond respons in with their them they my a an the it its and or for any every all not do",
);

/** The instruction that this one contradicts; null if it is no instruction. */
export function orderChangeIn(text: string): Update | null {
  const statement = inLowerCase(text);
  const said = orderIn(statement);
  if (said === null || said.words.length === 0) return null;
  return {
    keys: said.words,
    replaces: (earlier) => {
      const known = orderIn(earlier);
      if (known === null || known.words.length === 0 || known.isForbidden === said.isForbidden) return false;
      const [few, many] = known.words.length < said.words.length ? [known, said] : [said, known];
      return few.words.every((word) => many.words.includes(word));
    },
  };
}

function orderIn(
  statement: string,
): { readonly isForbidden: boolean; readonly words: readonly string[] } | null {
  if (!isOrder.test(statement) || /\bto\b.*\b(?:never|not)\b/.test(statement)) return null;
  const { not, stop, deed = "" } = order.exec(statement)?.groups ?? {};
  return {
    isForbidden: not !== undefined || stop !== undefined,
    words: keysOf(deed).filter((word) => !fillers.has(word)),
  };
}
