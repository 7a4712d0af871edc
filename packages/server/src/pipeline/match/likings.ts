// A changed taste or tolerance: "mushrooms have grown on them" ends "hates mushrooms", "lost interest in F1" ends "watches F1".
import { inLowerCase } from "../statement/wordings.ts";
import { wordSet } from "../word-lists.ts";
import { keysOf } from "./endings.ts";
import type { Update } from "./updates.ts";

const likes =
  /^(?:user (?:(?:now|really|finally|actually|quite) )*(?:likes?|loves?|enjoys?|adores?|is (?:now )?(?:into|fond of|a (?:huge |big )?fan of|hooked on)|has (?:come|got|grown) (?:a?round )?to (?:like|love|enjoy)|came a?round to|gets? on with|is (?:fine|ok|okay|good) with|can (?:now )?(?:eat|have|drink|tolerate|take)|eats|drinks|tolerates|is not allergic to) (?<liked>.+)|(?:user's )?(?<grown>.+?) (?:has|have|is|are) (?:really )?(?:grown on|growing on) (?:them|user).*)$/u;
const dislikes =
  /^user (?:(?:now|really|finally|actually|quite|has|is) )*(?:hates?|dislikes?|does not (?:like|enjoy|care for)|can not (?:stand|eat|have|drink|tolerate|take)|does not (?:eat|drink)|is (?:\p{L}+ )?(?:allergic|intolerant) to|no longer (?:likes?|loves?|enjoys?)|lost interest in|sick of|bored (?:of|with)|fed up with|tired of|gone off|went off|grew out of|over) (?<thing>.+)$/u;
const changed =
  /\b(?:now|these days|nowadays|any ?more|no longer|grown on|growing on|a?round to|finally|actually|after all|again|not allergic|lost interest|sick of|bored|fed up|tired of|gone off|went off|grew out|is over|has grown to)\b/u;
const habits =
  /^user (?:watches|plays|reads|listens to|follows|collects|likes|loves|enjoys|is into|is obsessed with|does|eats|drinks) (?<thing>.+)$/u;
const small = wordSet("the a an their his her all new now these days anymore any more this that of in to");

/** The taste that a statement changes; null if it changes none. */
export function likingChangeIn(text: string): Update | null {
  const statement = inLowerCase(text);
  if (!changed.test(statement)) return null;
  const { liked, grown } = likes.exec(statement)?.groups ?? {};
  const isLiked = (liked ?? grown) !== undefined;
  const thing = mainWordsOf(liked ?? grown ?? dislikes.exec(statement)?.groups?.["thing"] ?? "");
  if (thing.length === 0 || thing.length > 3) return null;
  return {
    keys: thing,
    replaces: (earlier) => {
      const old = isLiked
        ? dislikes.exec(earlier)?.groups?.["thing"]
        : (habits.exec(earlier) ?? likes.exec(earlier))?.groups?.["thing"];
      if (old === undefined) return false;
      if (isLiked) {
        // "Does not eat meat on Fridays" stays true of a user who eats meat.
        const words = mainWordsOf(old, reason);
        return words.length === thing.length && thing.every((word) => words.includes(word));
      }
      const words = mainWordsOf(old);
      const isWhole = thing.includes(words.at(-1) ?? "") || thing.includes(words[0] ?? "");
      return isWhole && thing.every((word) => words.includes(word));
    },
  };
}

const reason = /,| (?:because|since|so|but|now|these days|any ?more)\b/u;
const circumstance =
  /,| (?:because|after|again|at|on|with|when|since|so|every|each|once|twice|for|but|and they|these days|now)\b/u;

function mainWordsOf(thing: string, end: RegExp = circumstance): readonly string[] {
  const [named = ""] = thing.split(end, 1);
  return keysOf(named).filter((word) => !small.has(word));
}
