// Job tokens: a JWT that can read one job for some time. It is signed with the secret of the API
// key that created it.
import { jobIds, MemlaneError, type JobId } from "@memlane/core";
import { parseUuid } from "@memlane/core/internal";
import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from "jose";
import type { KnownKey } from "../../store/api-keys.ts";
import type { FindKey } from "../../cached-rows/cached-keys.ts";

/** A token and its expiry. */
export interface JobToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** What a token allows. */
export interface JobTokenGrant {
  /** The key that created it: a token never allows more than its key. */
  readonly key: KnownKey;
  readonly jobId: JobId;
  readonly expiresAt: Date;
}

const algorithm = "HS256";
const type = "memlane-job+jwt"; // so that a JWT made for another purpose is never accepted (RFC 8725, 3.11)

/** The longest lifetime of a token, in seconds. */
export const longestTokenSeconds = 86_400;
/** The default lifetime of a token, in seconds. */
export const usualTokenSeconds = 3600;

/** Creates a token. */
export async function mintJobToken(
  key: Pick<KnownKey, "id" | "tokenSecret">,
  jobId: JobId,
  lifetimeSeconds: number,
): Promise<JobToken> {
  const expiresAtSeconds = Math.floor(Date.now() / 1000) + lifetimeSeconds;
  const token = await new SignJWT()
    .setProtectedHeader({ alg: algorithm, typ: type, kid: key.id })
    .setSubject(jobIds.print(jobId))
    .setIssuedAt()
    .setExpirationTime(expiresAtSeconds)
    .sign(key.tokenSecret);
  return { token, expiresAt: new Date(expiresAtSeconds * 1000) };
}

/** Whether a bearer has the form of a job token. Decodes it to find out, because an API key can also begin with `ey`. */
export function isJobToken(bearer: string): boolean {
  if (!bearer.startsWith("ey")) return false;
  try {
    return decodeProtectedHeader(bearer).typ === type;
  } catch {
    return false;
  }
}

/** Verifies a token. @throws MemlaneError `token_expired`, or `unauthenticated` if it is invalid or its key is revoked */
export async function readJobToken(findKeyById: FindKey, token: string): Promise<JobTokenGrant> {
  const found: { key?: KnownKey } = {};
  const secretOf = async ({ kid = "" }: { readonly kid?: string }) => {
    const id = parseUuid(kid);
    const key = id === undefined ? undefined : await findKeyById(id);
    if (key === undefined) throw invalid();
    found.key = key;
    return key.tokenSecret;
  };
  const options = { algorithms: [algorithm], typ: type, requiredClaims: ["exp", "sub"] };
  const { payload } = await jwtVerify(token, secretOf, options).catch((cause: unknown) => {
    if (cause instanceof errors.JWTExpired) {
      const message = "the job token has expired: make a new one with POST /v1/jobs/{id}/token";
      throw new MemlaneError({ code: "token_expired", message, cause });
    }
    throw cause instanceof errors.JOSEError ? invalid(cause) : cause;
  });
  const jobId = jobIds.parse(payload.sub!);
  if (jobId === undefined) throw invalid();
  return { key: found.key!, jobId, expiresAt: new Date(payload.exp! * 1000) };
}

function invalid(cause?: unknown): MemlaneError {
  const message = "the job token was not made by this server, or its API key was revoked";
  return new MemlaneError({ code: "unauthenticated", message, cause });
}
