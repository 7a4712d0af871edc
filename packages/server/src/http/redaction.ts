// Replaces secrets and personal data before a request is stored, fingerprinted or queued.
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  redactPersonalDataInSteps,
  redactSecretsInSteps,
  type Json,
  type PersonalDataKind,
  type Redacted,
  type SecretKind,
} from "@memlane/core/internal";
import type { RedactionSettingsOf } from "../cached-rows/cached-redaction-settings.ts";
import type { RedactionScope } from "../store/redaction-settings.ts";

/** How many values of each kind were replaced. */
export type RedactionCounts = Readonly<Partial<Record<SecretKind | PersonalDataKind, number>>>;

/** Redacts the texts of one request by the organisation's settings. */
export interface Redaction {
  readonly textOf: (text: string) => Promise<string>;
  /** Redacts every text in a JSON value, except field names. */
  readonly jsonOf: (value: Json) => Promise<Json>;
  /** The counts so far; undefined if nothing was replaced. */
  readonly counts: () => RedactionCounts | undefined;
}

/** Starts the redaction of one request: a conversation, or memories that are stored as they are. */
export type BeginRedaction = (orgId: string, written: "conversation" | "memories") => Promise<Redaction>;

const charactersPerTurn = 2 ** 16; // takes less than 1 ms, at worst a few

/** Creates redactions. `observe` gets the counts of each text. */
export function createBeginRedaction(
  settingsOf: RedactionSettingsOf,
  observe?: (counts: RedactionCounts) => void,
): BeginRedaction {
  return async (orgId, written) => {
    const { secrets, personalData } = await settingsOf(orgId);
    const isReplaced = (where: RedactionScope) =>
      where === "everywhere" || (where === "conversations" && written === "conversation");
    const passes: ((text: string) => Generator<void, Redacted>)[] = [
      ...(isReplaced(secrets) ? [redactSecretsInSteps] : []),
      ...(isReplaced(personalData) ? [redactPersonalDataInSteps] : []),
    ];
    const total: Record<string, number> = {};
    let sinceTurn = 0;

    const textOf = async (text: string): Promise<string> => {
      let redacted = text;
      for (const pass of passes) {
        sinceTurn += redacted.length;
        if (sinceTurn > charactersPerTurn) {
          sinceTurn = redacted.length;
          await nextTurn();
        }
        const steps = pass(redacted);
        let step = steps.next();
        for (; step.done !== true; step = steps.next()) await nextTurn();
        const { text: replaced, counts } = step.value;
        if (replaced === redacted) continue;
        redacted = replaced;
        for (const [kind, count] of Object.entries(counts)) total[kind] = (total[kind] ?? 0) + count!;
        observe?.(counts);
      }
      return redacted;
    };
    const jsonOf = async (value: Json): Promise<Json> => {
      if (typeof value === "string") return textOf(value);
      if (passes.length === 0 || typeof value !== "object" || value === null) return value;
      const entries = [];
      for (const [name, item] of Object.entries(value)) entries.push([name, await jsonOf(item)] as const);
      return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
    };
    return { textOf, jsonOf, counts: () => (Object.keys(total).length === 0 ? undefined : total) };
  };
}
