// Habits that have lapsed: "has not baked in months" ends "bakes sourdough every weekend".
import { plainFormOf } from "../statement/fingerprint.ts";
import { inLowerCase } from "../statement/wordings.ts";
import type { Update } from "./updates.ts";

const lapse =
  /^user (?:has not|have not|has never) (?:really |actually |even )?(\p{L}+)(?: (?!in\b|for\b|since\b)(.+?))? (?:in (?:a |over a |more than a |many |several |\d+ |the last )?(?:months?|years?|weeks?|ages|while|long)|for (?:months|years|weeks|ages|a while|a long time|a year|\d+ \p{L}+)|since .+)\b/u;
const irregular: ReadonlyMap<string, string> = new Map(
  Object.entries({
    been: "goes",
    gone: "goes",
    done: "does",
    had: "has",
    drunk: "drinks",
    eaten: "eats",
    run: "runs",
    ridden: "rides",
    driven: "drives",
    taken: "takes",
    written: "writes",
    worn: "wears",
    seen: "sees",
    swum: "swims",
    sung: "sings",
    touched: "plays",
    read: "reads",
  }),
);

/** The habit that a statement says has lapsed; null if there is none. */
export function lapseIn(text: string): Update | null {
  const statement = inLowerCase(text);
  const [, participle, object] = lapse.exec(statement) ?? [];
  if (participle === undefined) return null;
  const stem = plainFormOf((irregular.get(participle) ?? participle).replace(/(?<=..)ed$/, ""));
  const words = (object ?? "")
    .replace(/^(?:the|an?|any|to|their) /, "")
    .split(" ")
    .filter((word) => word !== "")
    .map(plainFormOf);
  if (words.length === 0 && /^(?:been|gone|done|had|taken|touched)$/.test(participle)) return null;
  return {
    keys: words.length === 0 ? [stem] : words,
    replaces: (earlier) => {
      const [, verb = "", rest = ""] =
        /^user (?:(?:usually|often|always|still) )?(\p{L}+s)\b ?(.*)$/u.exec(earlier) ?? [];
      if (
        plainFormOf(verb) !== stem &&
        !(participle === "touched" && words.length > 0 && /^(?:practi[sc]es|uses)$/.test(verb))
      )
        return false;
      const named = rest.split(" ").map(plainFormOf);
      return words.every((word) => named.includes(word));
    },
  };
}
