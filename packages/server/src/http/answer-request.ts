// How a request to a route is answered: who sends it, what that caller may do, and how long the answer stays open.
import { factIds, MemlaneError, type ServerErrorCode } from "@memlane/core";
import type { Context } from "hono";
import type { Logger } from "pino";
import type { AuditRecord } from "../audit/audit-log.ts";
import type { SentBy } from "../store/audit-events.ts";
import { paramsOfUser, requireRouteForBoundKey } from "./bound-key.ts";
import {
  authenticate,
  callerInOrg,
  requireScope,
  unknownKey,
  type Caller,
  type CallerScheme,
  type Credentials,
} from "./caller.ts";
import { countAgainstLimit } from "./count-against-limit.ts";
import { mintJobToken, type JobTokenGrant } from "./jobs/job-token.ts";
import type { JobWire } from "./jobs/job-wire.ts";
import { linkSignals } from "./linked-signal.ts";
import { isPossiblyLongPoll } from "./long-poll.ts";
import type { RequestBody } from "./request-body.ts";
import type { Answer, Route } from "./route.ts";
import type { ServiceContext } from "./service-context.ts";
import { streamEvents } from "./stream-events.ts";
import { nameRequest } from "./trace-requests.ts";
import type { KeyLookup } from "./wrong-keys.ts";

/** The server passes these to a dialect's app with each request. */
interface RequestBindings {
  readonly requestId: string;
  readonly log: Logger;
  readonly body: RequestBody;
  readonly keys: KeyLookup;
  /** The client's IP address. */
  readonly address: string | undefined;
  /** Whether the request comes from the MCP endpoint, which has counted it against the rate limit. */
  readonly isInProcess: boolean;
}

/** A request to a dialect's app, and the error code of its route for an unknown failure. */
export type RequestEnv = { Bindings: RequestBindings; Variables: { failure?: ServerErrorCode | undefined } };

/** Answers a request without a key. It belongs to no organisation and has no scopes. */
export async function answerAnyone(
  context: ServiceContext,
  route: Route,
  c: Context<RequestEnv>,
): Promise<Response> {
  const { body: sent, address } = c.env;
  const { status, body } = await route.answer({
    orgId: "",
    database: context.databaseOf(""),
    query: c.req.query(),
    params: c.req.param(),
    headers: c.req.raw.headers,
    readJson: () => sent.readJson(""),
    closeBody: sent.close,
    ip: address ?? null,
    scopes: [],
    key: null,
    sentBy: null,
    boundUserId: null,
    countUse: () => {},
    mintJobToken: () => Promise.reject(unknownKey()),
    signal: c.req.raw.signal,
  });
  return c.json(body, status as 201);
}

/** Answers a request with a key or a job token, and counts the answer for the usage of the key. */
export async function answerCaller(
  context: ServiceContext,
  { caller, route }: { readonly caller: CallerScheme; readonly route: Route },
  c: Context<RequestEnv>,
): Promise<Response> {
  const credentials = caller.readCredentials(c.req.raw.headers);
  const owner = await authenticate(c.env.keys, credentials);
  context.usage.count(owner.key);
  const startedMs = performance.now();
  const waits = staysOpen(route, c);
  const countAnswer = (isError: boolean) => {
    if (owner.grant !== undefined) return; // pages send so many requests that they would hide the backend's errors
    const ms = waits ? undefined : performance.now() - startedMs;
    context.usage.countAnswer(owner.key, { isError, ms });
  };
  try {
    const response = await answerOwner(context, { owner, credentials, route }, c);
    countAnswer(false);
    return response;
  } catch (error) {
    countAnswer(true);
    throw error;
  }
}

/** Answers a request within the rights and limits of its caller, and records it in the audit log. */
async function answerOwner(
  context: ServiceContext,
  {
    owner,
    credentials,
    route,
  }: { readonly owner: Caller; readonly credentials: Credentials; readonly route: Route },
  c: Context<RequestEnv>,
): Promise<Response> {
  const { log, isInProcess, address } = c.env;
  let orgId = owner.key.orgId;
  nameRequest(route.method, route.path, orgId);
  if (!isInProcess && route.scope !== "any key") {
    await countAgainstLimit(context, owner, (name, value) => c.header(name, value));
  }
  const audit = (
    result: AuditRecord["result"],
    audited: Answer["audited"] = {},
    action: AuditRecord["action"] | undefined = route.audit,
  ) => {
    if (action === undefined || audited === null) return;
    const actor = isInProcess ? "mcp" : "rest";
    const ip = address ?? null;
    const meta = { ...audited.meta, ...sentBy(owner, orgId) };
    context.audit({ orgId, actor, action, result, ip, ...audited, meta });
  };
  log.setBindings({ org: orgId });
  try {
    const who = await callerInOrg(context.database, owner, credentials);
    if (who !== owner) log.setBindings({ acts_in: who.key.orgId });
    orgId = who.key.orgId;
    requireScope(who, route);
    requireRouteForBoundKey(who.key.userId, route.actsFor);
    const onAnswer = ({ audited, endedFacts = [] }: Answer) => {
      audit("ok", audited);
      const userId = audited?.userId ?? null;
      for (const id of endedFacts) audit("ok", { userId, targetId: factIds.print(id) }, "fact_invalidate");
    };
    return await answerAllowed(context, { who, owner, route, onAnswer }, c);
  } catch (error) {
    audit(isDenial(error) ? "denied" : "error");
    throw error;
  }
}

const sentBy = ({ key }: Caller, orgId: string): SentBy =>
  key.orgId === orgId ? { key: key.id } : { operator_key: key.id };

const isDenial = (error: unknown) =>
  MemlaneError.is(error) && (error.code === "forbidden" || error.code === "org_mismatch");

/** A request that its caller may send. */
interface AllowedRequest {
  /** The caller in the organisation that it names. */
  readonly who: Caller;
  /** The caller in the organisation of its key. */
  readonly owner: Caller;
  readonly route: Route;
  readonly onAnswer: (answer: Answer) => void;
}

/** Answers a request that its caller may send. An open answer ends when the key is revoked or the job token expires. */
async function answerAllowed(
  context: ServiceContext,
  { who: { key, grant, account }, owner, route, onAnswer }: AllowedRequest,
  c: Context<RequestEnv>,
): Promise<Response> {
  const { orgId } = key;
  const { headers: sent, signal } = c.req.raw;
  const query = c.req.query();
  const open = staysOpen(route, c) ? context.openAnswers(key.id, account) : undefined;
  const reading = open ? AbortSignal.any([signal, open.revoked]) : signal;
  const granted = linkSignals([reading], grant && grant.expiresAt.getTime() - Date.now());
  const close = () => {
    granted.release();
    open?.close();
  };
  let events: Answer["events"];
  try {
    // If the client disconnects, reads are cancelled and writes are completed.
    const database = context.databaseOf(orgId, route.scope === "memories:read" ? reading : undefined);
    const granting = { actsFor: route.actsFor, jobIds: context.jobWire.ids };
    const params = await paramsOfUser(database, key, granting, c.req.param());
    const answer = await route.answer({
      orgId,
      database,
      query,
      headers: sent,
      readJson: () => c.env.body.readJson(orgId),
      closeBody: c.env.body.close,
      countUse: (uses) => context.usage.count(owner.key, uses),
      async mintJobToken(id, lifetimeSeconds) {
        if (orgId === owner.key.orgId) return mintJobToken(key, id, lifetimeSeconds);
        const message = "a key makes job tokens only in its own organisation";
        throw new MemlaneError({ code: "forbidden", message });
      },
      ip: c.env.address ?? null,
      scopes: key.scopes,
      key,
      sentBy: sentBy(owner, orgId),
      boundUserId: key.userId,
      params: grant === undefined ? params : paramsWithin(grant, context.jobWire, params),
      signal: granted.signal,
    });
    if (open?.revoked.aborted) throw unknownKey();
    onAnswer(answer);
    events = answer.events;
    if (events !== undefined) return streamEvents(c, events, c.env.log, open && { ...open, close });
    const { status, body, headers } = answer;
    return body === undefined ? c.body(null, status as 204, headers) : c.json(body, status as 200, headers);
  } finally {
    if (events === undefined) close();
  }
}

/** Whether the answer possibly waits until a job ends. */
const staysOpen = (route: Route, { req }: Context<RequestEnv>) =>
  route.staysOpen === true || isPossiblyLongPoll(req.query(), req.raw.headers);

/** A job token reads only its own job. For any other job the answer is the same as if it did not exist. */
function paramsWithin(grant: JobTokenGrant, { ids }: JobWire, params: Readonly<Record<string, string>>) {
  return ids.parse(params["id"] ?? "") === grant.jobId ? params : {};
}
