import { operatorScope, scopes, type Scope } from "../store/api-keys.ts";
import { splitList } from "./split-list.ts";

/** A key that must exist when the server has started. */
export interface BootstrapKey {
  readonly orgId: string;
  readonly key: string;
  readonly scopes: readonly Scope[];
}

const fewestCharacters = 16;
const anyScope = `(?:${scopes.join("|")})`;
const entryPattern = new RegExp(`^([^:]+):([^:]+)(?::(${anyScope}(?:\\+${anyScope})*))?$`);

/** Reads `MEMLANE_BOOTSTRAP_KEYS`: `org:key` and `org:key:scope+scope`, separated by commas. Errors show no key. */
export function parseBootstrapKeys(list: string): BootstrapKey[] {
  return splitList(list).map((entry) => {
    const [, orgId, key, granted] = entryPattern.exec(entry) ?? [];
    if (orgId === undefined || key === undefined) {
      throw new Error(
        "MEMLANE_BOOTSTRAP_KEYS contains an entry that is not org:key or org:key:scope+scope. " +
          `A key must not contain a colon. The scopes are ${scopes.join(" and ")}.`,
      );
    }
    if (key.length < fewestCharacters) {
      throw new Error(
        `MEMLANE_BOOTSTRAP_KEYS contains a key of fewer than ${fewestCharacters} characters, which can be guessed. ` +
          "Use a random one, for example from 'openssl rand -hex 24'.",
      );
    }
    return { orgId, key, scopes: granted === undefined ? scopes : granted.split("+").map(parseScope) };
  });
}

/** Reads one scope, also that of an operator. @throws Error that lists the scopes */
export function parseScope(text: string): Scope {
  const all: readonly Scope[] = [...scopes, operatorScope];
  const scope = all.find((known) => known === text);
  if (scope === undefined) throw new Error(`There is no scope '${text}'. The scopes are ${all.join(", ")}.`);
  return scope;
}
