// Identifies the caller of a request. Each dialect has its own headers for this.
import { MemlaneError, type ServerErrorCode } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { operatorScope, type KnownKey } from "../store/api-keys.ts";
import { isOrg } from "../store/orgs.ts";
import { isJobToken, readJobToken, type JobTokenGrant } from "./jobs/job-token.ts";
import type { Route } from "./route.ts";
import type { KeyLookup } from "./wrong-keys.ts";

/** The credentials in a request. */
export interface Credentials {
  /** An API key or a job token. */
  readonly key: string | undefined;
  /** The organisation in the request, which must be the key's; undefined if the request names none. */
  readonly orgId: string | undefined;
}

/** How requests of a dialect identify their caller. */
export interface CallerScheme {
  readonly readCredentials: (headers: Headers) => Credentials;
  /** The errors for bad credentials, without those of every scheme: for an unknown key and a missing scope. */
  readonly errors: readonly ServerErrorCode[];
  /** The same for OpenAPI: any one of these is enough. */
  readonly security: readonly SecurityRequirement[];
  /** The schemes that `security` refers to. */
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
}

/** Names of security schemes that must be used together. */
export type SecurityRequirement = Readonly<Record<string, readonly []>>;

/** A security scheme in OpenAPI's format. */
export type SecurityScheme =
  | { readonly type: "http"; readonly scheme: string }
  | {
      readonly type: "apiKey";
      readonly in: "header";
      readonly name: string;
      readonly description?: string;
    };

/** `Authorization: Bearer` in OpenAPI's format. */
export const bearerScheme: SecurityScheme = { type: "http", scheme: "bearer" };

/** The optional header `X-Org-Id`; undefined if it is empty. */
export function readOrgId(headers: Headers): string | undefined {
  return headers.get("x-org-id") || undefined;
}

/** The key in the `Authorization` header: the first group of the pattern. */
export function readAuthorization(headers: Headers, pattern: RegExp): string | undefined {
  return pattern.exec(headers.get("authorization") ?? "")?.[1]?.trim();
}

export interface Caller {
  /** Its key, or the key that signed its token. */
  readonly key: KnownKey;
  /** What its token allows; undefined for a caller with a key. */
  readonly grant: JobTokenGrant | undefined;
  /** What its requests and open answers count for. Job tokens have their own, so browsers cannot exhaust the backend's. */
  readonly account: string;
}

/** Identifies the caller by its key. @throws MemlaneError if the key or token is missing or invalid */
export async function authenticate(
  { findKey, findKeyById }: KeyLookup,
  { key }: Credentials,
): Promise<Caller> {
  if (key === undefined)
    throw new MemlaneError({ code: "unauthenticated", message: "an API key is required" });
  const grant = isJobToken(key) ? await readJobToken(findKeyById, key) : undefined;
  const found = grant?.key ?? (await findKey(key));
  if (found === undefined) throw unknownKey();
  return { key: found, grant, account: grant === undefined ? found.id : `${found.id} tokens` };
}

/** Checks that the request names no other organisation than the key's. @throws MemlaneError `org_mismatch` */
export function requireOrg({ key }: Caller, { orgId }: Credentials): void {
  if (orgId === undefined || orgId === key.orgId) return;
  throw new MemlaneError({ code: "org_mismatch", message: "the API key belongs to another organisation" });
}

/**
 * The caller in the organisation that the request names: its own, or any if it is an operator.
 *
 * @throws MemlaneError `org_mismatch`
 */
export async function callerInOrg(sql: Sql, caller: Caller, credentials: Credentials): Promise<Caller> {
  const { orgId } = credentials;
  const isOperator = caller.grant === undefined && caller.key.scopes.includes(operatorScope);
  if (orgId === undefined || orgId === caller.key.orgId || !isOperator) {
    requireOrg(caller, credentials);
    return caller;
  }
  if (await isOrg(sql, orgId)) return { ...caller, key: { ...caller.key, orgId } };
  throw new MemlaneError({ code: "org_mismatch", message: "there is no such organisation" });
}

/** The error for an unknown or revoked key. */
export function unknownKey(): MemlaneError {
  return new MemlaneError({ code: "unauthenticated", message: "the API key is unknown or revoked" });
}

/** Checks that the caller has a scope. @throws MemlaneError `forbidden` */
export function requireScope(
  { key, grant }: Caller,
  { scope, takesJobToken }: Pick<Route, "scope" | "takesJobToken">,
): void {
  if (scope !== "any key" && scope !== "public" && !key.scopes.includes(scope)) {
    throw new MemlaneError({ code: "forbidden", message: `API key missing required scope(s): ${scope}` });
  }
  if (grant !== undefined && takesJobToken === undefined) {
    throw new MemlaneError({ code: "forbidden", message: "a job token can read its job and nothing else" });
  }
}
