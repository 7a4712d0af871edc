import { personalDataRules, type PersonalDataKind } from "./personal-data-rules.ts";
import type { RedactionRule } from "./redaction-rule.ts";
import { secretRules, type SecretKind } from "./secret-rules.ts";

/** A text with `[redacted: kind]` instead of each match, and the number of matches of each kind. */
export interface Redacted<Kind extends string = string> {
  readonly text: string;
  readonly counts: Readonly<Partial<Record<Kind, number>>>;
}

/** Replaces in steps of about 64 Ki characters. The caller can do other work between two steps. */
export type RedactInSteps<Kind extends string> = (text: string) => Generator<void, Redacted<Kind>>;

const stepLength = 2 ** 16;
const asciiSize = 128;
/** A rejected match up to this length is searched again: it may contain a secret, such as a card number after other digits. */
const longestReadAgain = 64;

/** Makes a function that replaces what the rules find, in linear time. */
function createRedactInSteps<Kind extends string>(
  rules: readonly RedactionRule<Kind>[],
): RedactInSteps<Kind> {
  const rulesOfPair = new Map<number, { readonly start: string; readonly rule: RedactionRule<Kind> }[]>();
  for (const rule of rules) {
    for (const start of rule.starts) {
      const pair = start.charCodeAt(0) * asciiSize + start.charCodeAt(1);
      rulesOfPair.set(pair, [...(rulesOfPair.get(pair) ?? []), { start, rule }]);
    }
  }
  const isStart = new Uint8Array(asciiSize * asciiSize);
  for (const pair of rulesOfPair.keys()) isStart[pair] = 1;

  return function* redactInSteps(text) {
    const counts: Partial<Record<Kind, number>> = {};
    let redacted = "";
    let copied = 0; // up to here, the text is in `redacted`
    let stepEnd = stepLength;
    let here = text.charCodeAt(0);
    for (let index = 0; index < text.length - 1; index += 1) {
      if (index >= stepEnd) {
        stepEnd = index + stepLength;
        yield;
      }
      const next = text.charCodeAt(index + 1);
      const pair = here * asciiSize + next;
      here = next;
      if (next >= asciiSize || isStart[pair] !== 1 || isInsideWord(text, index)) continue;
      let end = index;
      for (const { start, rule } of rulesOfPair.get(pair)!) {
        if (!text.startsWith(start, index)) continue;
        const begin = rule.beginOf?.(text, index) ?? index;
        if (begin < copied) continue;
        rule.shape.lastIndex = begin;
        const match = rule.shape.exec(text);
        if (match === null) continue;
        const kept = match.groups?.["kept"]?.length ?? 0;
        if (rule.accepts?.(match[0].slice(kept)) === false) {
          if (match[0].length > longestReadAgain) end = Math.max(end, begin + match[0].length);
          continue;
        }
        redacted += `${text.slice(copied, begin + kept)}[redacted: ${rule.kind}]`;
        copied = end = begin + match[0].length;
        counts[rule.kind] = (counts[rule.kind] ?? 0) + 1;
        break;
      }
      if (end === index) continue;
      index = end - 1;
      here = text.charCodeAt(end);
    }
    return copied === 0 ? { text, counts } : { text: redacted + text.slice(copied), counts };
  };
}

/** Whether this position is inside a word. After `\n` in a string literal, or after `%20`, a new word begins. */
function isInsideWord(text: string, index: number): boolean {
  if (index === 0 || !isWord(text.charCodeAt(index)) || !isWord(text.charCodeAt(index - 1))) return false;
  return !/\\[nrt]$|%[0-9A-Fa-f]{2}$/.test(text.slice(Math.max(0, index - 3), index));
}

const isWord = (code: number) =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);

/** Every kind that can be replaced. */
export const redactionKinds: readonly (SecretKind | PersonalDataKind)[] = [
  ...new Set([...secretRules, ...personalDataRules].map(({ kind }) => kind)),
];

/** Replaces secrets whose format is known. A secret that is broken over several lines is not found. */
export const redactSecretsInSteps = createRedactInSteps<SecretKind>(secretRules);
/** Replaces e-mail addresses, phone numbers and IBANs. */
export const redactPersonalDataInSteps = createRedactInSteps<PersonalDataKind>(personalDataRules);
