// Who is calling, by each dialect's own way to say so.
import { MemlaneError, type ServerErrorCode } from "@memlane/core";
import type { KnownKey, Scope } from "../store/api-keys.ts";
import { isJobToken, readJobToken, type JobTokenGrant } from "./jobs/job-token.ts";
import type { KeyLookup } from "./wrong-keys.ts";

/** What a request says of its caller. */
export interface Credentials {
  /** An API key or a job token. */
  readonly key: string | undefined;
  /** The organisation that it names. `missing` says that one is required, in the words of the dialect. */
  readonly org: { readonly named: string } | { readonly missing: string } | "unnamed";
}

/** How a dialect lets a caller say who it is. */
export interface CallerScheme {
  readonly readCredentials: (headers: Headers) => Credentials;
  /** What can be wrong with them beside an unknown key and a missing scope. */
  readonly errors: readonly ServerErrorCode[];
  /** The same in the words of OpenAPI: any one of these. */
  readonly security: readonly SecurityRequirement[];
  /** The schemes that these name. */
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
}

/** Names of security schemes that are needed together. */
export type SecurityRequirement = Readonly<Record<string, readonly []>>;

/** A security scheme as OpenAPI writes it. */
export type SecurityScheme =
  | { readonly type: "http"; readonly scheme: string }
  | { readonly type: "apiKey"; readonly in: "header"; readonly name: string };

/** `Authorization: Bearer`, in the words of OpenAPI. */
export const bearerScheme: SecurityScheme = { type: "http", scheme: "bearer" };

/** The key in the header `Authorization`: the first group of the pattern. */
export function readAuthorization(headers: Headers, pattern: RegExp): string | undefined {
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
  if (org === "unnamed") return { key: found, grant };
  if ("missing" in org) throw new MemlaneError({ code: "missing_org_id", message: org.missing });
  if (org.named !== found.orgId) {
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
