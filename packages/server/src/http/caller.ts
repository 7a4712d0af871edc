// Who is calling, by each dialect's own way to say so.
import { MemlaneError, type ServerErrorCode } from "@memlane/core";
import type { ApiKey, Scope } from "../store/api-keys.ts";
import type { FindKey } from "../store/known-keys.ts";

/** What a request says of its caller. */
export interface Credentials {
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
export type SecurityRequirement = Partial<Record<"bearer" | "apiKey" | "orgId", readonly []>>;

/** `x-api-key` with `X-Org-Id`, or `Authorization: Bearer` or `Token`, with it or without. */
export const ingestCaller: CallerScheme = {
  readCredentials(headers) {
    const header = headers.get("x-api-key");
    const named = headers.get("x-org-id");
    const key = header ?? readAuthorization(headers, /^(?:bearer|token) +(.+)$/i);
    if (named) return { key, org: { named } };
    return { key, org: header === null ? "unnamed" : "missing" };
  },
  errors: ["missing_org_id", "org_mismatch"],
  security: [{ apiKey: [], orgId: [] }, { bearer: [] }],
};

/** `Authorization: Bearer`. */
export const batchCaller: CallerScheme = {
  readCredentials: (headers) => ({
    key: readAuthorization(headers, /^bearer +(.+)$/i),
    org: "unnamed",
  }),
  errors: [],
  security: [{ bearer: [] }],
};

function readAuthorization(headers: Headers, pattern: RegExp): string | undefined {
  return pattern.exec(headers.get("authorization") ?? "")?.[1]?.trim();
}

/** The caller's key, or the error that says what is wrong with it. */
export async function authenticate(findKey: FindKey, { key, org }: Credentials): Promise<ApiKey> {
  if (key === undefined)
    throw new MemlaneError({ code: "unauthenticated", message: "an API key is required" });
  const found = await findKey(key);
  if (found === undefined) {
    throw new MemlaneError({ code: "unauthenticated", message: "the API key is unknown or revoked" });
  }
  if (org === "missing") {
    throw new MemlaneError({
      code: "missing_org_id",
      message: "the header X-Org-Id is required beside x-api-key",
    });
  }
  if (org !== "unnamed" && org.named !== found.orgId) {
    throw new MemlaneError({ code: "org_mismatch", message: "the API key belongs to another organisation" });
  }
  return found;
}

/** Refuses a key that may not do this. @throws MemlaneError `forbidden` */
export function requireScope({ scopes }: ApiKey, scope: Scope): void {
  if (!scopes.includes(scope)) {
    throw new MemlaneError({ code: "forbidden", message: `API key missing required scope(s): ${scope}` });
  }
}
