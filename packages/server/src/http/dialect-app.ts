// The Hono app of one dialect: its routes, and all errors in its envelope.
import { errorTable, MemlaneError, type ErrorReport, type ServerErrorCode } from "@memlane/core";
import { Hono, type Context } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import type { Logger } from "pino";
import * as z from "zod/mini";
import type { AuditRecord } from "../audit/audit-log.ts";
import { nameRequest } from "./trace-requests.ts";
import { authenticate, requireOrg, requireScope, unknownKey } from "./caller.ts";
import { paramsOfUser, requireLimitedRoute } from "./bound-key.ts";
import { countAgainstLimit } from "./count-against-limit.ts";
import { errorForCaller } from "./error-for-caller.ts";
import { asksForLongPoll } from "./long-poll.ts";
import { linkSignals } from "./linked-signal.ts";
import { mintJobToken, type JobTokenGrant } from "./jobs/job-token.ts";
import type { JobWire } from "./jobs/job-wire.ts";
import type { RequestBody } from "./request-body.ts";
import type { Answer, RawInput } from "./route.ts";
import type { DialectService } from "./served-dialect.ts";
import type { ServiceContext } from "./service-context.ts";
import { retryAfterOf } from "./retry-after.ts";
import { streamEvents } from "./stream-events.ts";
import type { KeyLookup } from "./wrong-keys.ts";

/** The server passes these to a dialect's app with each request. */
interface RequestBindings {
  readonly requestId: string;
  readonly log: Logger;
  readonly body: RequestBody;
  readonly keys: KeyLookup;
  /** The client's IP address. */
  readonly address: string | undefined;
  /** Whether it comes from the MCP endpoint, which has counted it against the rate limit. */
  readonly isInProcess: boolean;
}

type Env = { Bindings: RequestBindings; Variables: { failure?: ServerErrorCode | undefined } };

/** Creates the app of one dialect. */
export function createDialectApp(
  context: ServiceContext,
  { dialect, caller, routes }: DialectService,
): Hono<Env> {
  const app = new Hono<Env>();
  const refuse = (c: Context<Env>, error: MemlaneError, headers?: Record<string, string>) => {
    const code = error.code as ErrorReport["code"];
    const { message, issues, quota, currentFactId } = error;
    const report = { code, message, requestId: c.env.requestId, issues, quota, currentFactId };
    const status = errorTable[code].status as 400;
    return c.json(z.encode(dialect.error, report), status, { ...headers, ...retryAfterOf(error) });
  };

  app.onError((error, c) => refuse(c, errorForCaller(error, c.env.log, c.get("failure"))));
  app.notFound((c) => refuse(c, new MemlaneError({ code: "not_found", message: "there is no such route" })));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const message = `this route supports only ${methods.join(", ")}`;
        return refuse(c, new MemlaneError({ code: "method_not_allowed", message }), {
          allow: methods.join(", "),
        });
      },
    }),
  );

  for (const route of routes) {
    app.on(route.method, route.path, async (c) => {
      const { headers: sent, signal } = c.req.raw;
      c.set("failure", route.failure);
      const ip = c.env.address ?? null;
      if (route.scope === "public") {
        const { status, body } = await route.answer(inputWithoutCaller(context, c));
        return c.json(body, status as 201);
      }
      const credentials = caller.readCredentials(sent);
      const who = await authenticate(c.env.keys, credentials);
      const { key, grant, account } = who;
      const { orgId } = key;
      c.env.log.setBindings({ org: orgId });
      context.usage.count(key);
      nameRequest(route.method, route.path, orgId);
      if (!c.env.isInProcess && route.scope !== "none") {
        await countAgainstLimit(context, who, (name, value) => c.header(name, value));
      }
      const audit = (result: AuditRecord["result"], audited: Answer["audited"] = {}) => {
        if (route.audit === undefined || audited === null) return;
        const actor = c.env.isInProcess ? "mcp" : "rest";
        context.audit({ orgId, actor, action: route.audit, result, ip, ...audited });
      };
      try {
        requireOrg(who, credentials);
        requireScope(who, route);
        requireLimitedRoute(key.userId, route.actsFor);
      } catch (error) {
        audit("denied");
        throw error;
      }
      const query = c.req.query();
      const staysOpen = route.staysOpen === true || asksForLongPoll(query, sent);
      const open = staysOpen ? context.openAnswers(key.id, account) : undefined;
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
          countUse: (uses) => context.usage.count(key, uses),
          mintJobToken: (id, lifetimeSeconds) => mintJobToken(key, id, lifetimeSeconds),
          ip,
          scopes: key.scopes,
          boundUserId: key.userId,
          params: grant === undefined ? params : paramsWithin(grant, context.jobWire, params),
          signal: granted.signal,
        });
        if (open?.revoked.aborted) throw unknownKey();
        audit("ok", answer.audited);
        events = answer.events;
        if (events !== undefined) return streamEvents(c, events, c.env.log, open && { ...open, close });
        const { status, body, headers } = answer;
        return body === undefined
          ? c.body(null, status as 204, headers)
          : c.json(body, status as 200, headers);
      } catch (error) {
        audit(MemlaneError.is(error) && error.code === "forbidden" ? "denied" : "error");
        throw error;
      } finally {
        if (events === undefined) close();
      }
    });
  }
  return app;
}

/** The input of a route without a caller: it belongs to no organisation and has no scopes. */
function inputWithoutCaller(context: ServiceContext, c: Context<Env>): RawInput {
  const { body, address } = c.env;
  return {
    orgId: "",
    database: context.databaseOf(""),
    query: c.req.query(),
    params: c.req.param(),
    headers: c.req.raw.headers,
    readJson: () => body.readJson(""),
    closeBody: body.close,
    ip: address ?? null,
    scopes: [],
    boundUserId: null,
    countUse: () => {},
    mintJobToken: () => Promise.reject(unknownKey()),
    signal: c.req.raw.signal,
  };
}

/** A job token reads only its own job. For any other job the answer is the same as if it did not exist. */
function paramsWithin(grant: JobTokenGrant, { ids }: JobWire, params: Readonly<Record<string, string>>) {
  return ids.parse(params["id"] ?? "") === grant.jobId ? params : {};
}
