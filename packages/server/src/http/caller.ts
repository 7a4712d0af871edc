// Who is calling, by each dialect's own way to say so.
import { MemlaneError } from "@memlane/core";
import type { ApiKey, Scope } from "../store/api-keys.ts";
import type { FindKey } from "../store/known-keys.ts";

/** What a request says of its caller. */
export interface Credentials {
  readonly key: string | undefined;
  /** The organisation that it names; `missing` where the dialect requires one that is not there. */
  readonly org: { readonly named: string } | "unnamed" | "missing";
}

/** Reads the credentials of a request. */
export type ReadCredentials = (headers: Headers) => Credentials;

/** Ingest: `x-api-key` with `X-Org-Id`, or `Authorization: Bearer` or `Token`, with it or without. */
export const readIngestCredentials: ReadCredentials = (headers) => {
  const header = headers.get("x-api-key");
  const named = headers.get("x-org-id");
  const key = header ?? readAuthorization(headers, /^(?:bearer|token) +(.+)$/i);
  if (named !== null) return { key, org: { named } };
  return { key, org: header === null ? "unnamed" : "missing" };
};

/** Batch: `Authorization: Bearer`. */
export const readBatchCredentials: ReadCredentials = (headers) => ({
  key: readAuthorization(headers, /^bearer +(.+)$/i),
  org: "unnamed",
});

function readAuthorization(headers: Headers, pattern: RegExp): string | undefined {
  return pattern.exec(headers.get("authorization") ?? "")?.[1]?.trim();
}

/** The caller's key, or the error that says what is wrong with it. */
export async function authenticate(
  findKey: FindKey,
  { key, org }: Credentials,
  scope: Scope,
): Promise<ApiKey> {
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
  if (!found.scopes.includes(scope)) {
    throw new MemlaneError({ code: "forbidden", message: `API key missing required scope(s): ${scope}` });
  }
  return found;
}
