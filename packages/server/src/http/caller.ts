// Who is calling, by each dialect's own way to say so.
import { MemlaneError, type ServerErrorCode } from "@memlane/core";
import type { KnownKey, Scope } from "../store/api-keys.ts";
import { isJobToken, readJobToken, type JobTokenGrant } from "./job-token.ts";
import type { KeyLookup } from "./wrong-keys.ts";

/** What a request says of its caller. */
export interface Credentials {
  /** An API key or a job token. */
  readonly key: string | undefined;
  /** The organisation that it names; `missing` where the dialect requires one that is not there. */
  readonly org: { readonly named: string } | "unnamed" | "missing";
}

/** How a dialect lets a caller say who it is. */
export interface CallerScheme {
  readonly readCredentials: (headers: Headers) => Credentials;
  /** What can be wrong with them beside an unknown key and a missing scope. */
  readonly errors: readonly ServerErrorCode[];
  /** The same in the words of OpenAPI: any one of these. */
  readonly security: readonly SecurityRequirement[];
}

/** Names of security schemes that are needed together. */
export type SecurityRequirement = Partial<Record<"bearer" | "apiKey" | "orgId" | "jobToken", readonly []>>;

/** `x-api-key` with `X-Org-Id`, or `Authorization: Bearer` or `Token`, with it or without. */
export const ingestCaller: CallerScheme = {
  readCredentials(headers) {
    const header = headers.get("x-api-key");
    const named = headers.get("x-org-id");
    const key = header ?? readAuthorization(headers, /^(?:bearer|token) +([^ ].*)$/i);
    if (named) return { key, org: { named } };
    return { key, org: header === null ? "unnamed" : "missing" };
  },
  errors: ["missing_org_id", "org_mismatch"],
  security: [{ apiKey: [], orgId: [] }, { bearer: [] }],
};

/** `Authorization: Bearer`. An organisation need not be named, but who names another than the key's means that one. */
export const batchCaller: CallerScheme = {
  readCredentials(headers) {
    const named = headers.get("x-org-id");
    const key = readAuthorization(headers, /^bearer +([^ ].*)$/i);
    return { key, org: named ? { named } : "unnamed" };
  },
  errors: ["org_mismatch"],
  security: [{ bearer: [] }],
};

function readAuthorization(headers: Headers, pattern: RegExp): string | undefined {
  return pattern.exec(headers.get("authorization") ?? "")?.[1]?.trim();
}

/** Who calls. */
export interface Caller {
  /** Its key, or the one that made its token. */
  readonly key: KnownKey;
  /** What its token allows; undefined for whoever came with a key. */
  readonly grant: JobTokenGrant | undefined;
}

/** Who calls, or the error that says what is wrong with its key or token. */
export async function authenticate(
  { findKey, findKeyById }: KeyLookup,
  { key, org }: Credentials,
): Promise<Caller> {
  if (key === undefined)
    throw new MemlaneError({ code: "unauthenticated", message: "an API key is required" });
  const grant = isJobToken(key) ? await readJobToken(findKeyById, key) : undefined;
  const found = grant?.key ?? (await findKey(key));
  if (found === undefined) throw unknownKey();
  if (org === "missing") {
    throw new MemlaneError({
      code: "missing_org_id",
      message: "the header X-Org-Id is required beside x-api-key",
    });
  }
  if (org !== "unnamed" && org.named !== found.orgId) {
    throw new MemlaneError({ code: "org_mismatch", message: "the API key belongs to another organisation" });
  }
  return { key: found, grant };
}

/** The error for a key that is unknown or revoked. */
export function unknownKey(): MemlaneError {
  return new MemlaneError({ code: "unauthenticated", message: "the API key is unknown or revoked" });
}

/** Refuses a caller that may not do this. @throws MemlaneError `forbidden` */
export function requireScope(
  { key, grant }: Caller,
  { scope, takesJobToken }: { readonly scope: Scope; readonly takesJobToken?: true },
): void {
  if (!key.scopes.includes(scope)) {
    throw new MemlaneError({ code: "forbidden", message: `API key missing required scope(s): ${scope}` });
  }
  if (grant !== undefined && takesJobToken === undefined) {
    throw new MemlaneError({ code: "forbidden", message: "a job token reads its job and does nothing else" });
  }
}
