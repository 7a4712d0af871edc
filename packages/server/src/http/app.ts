// The whole HTTP surface: what belongs to no dialect, and the choice of the dialect for the rest.
import { MemlaneError } from "@memlane/core";
import { Hono } from "hono";
import { cors } from "hono/cors";
import type { Logger } from "pino";
import { traceRequests } from "../tracing/trace-requests.ts";
import { createBatchService } from "./batch/service.ts";
import { createDialectApp, type DialectService } from "./dialect-app.ts";
import { dialectOf, type DialectName } from "./dialect-of.ts";
import { createIngestService } from "./ingest/service.ts";
import { describeApi } from "./openapi/describe-api.ts";
import { createProbes, probePaths } from "./probes.ts";
import { rateLimitHeaders } from "./rate-limit.ts";
import { createReadText } from "./read-text.ts";
import type { ServiceContext } from "./service-context.ts";

/** How the app behaves. */
export interface AppOptions {
  /** The largest body, in bytes. @default 32 MiB, which holds every batch that the wire allows */
  readonly maximumBodyBytes?: number;
  /** The origins whose pages may call the API; `*` is any. @default none */
  readonly corsOrigins?: readonly string[];
  /** Hears of each request when it is answered. */
  readonly observeRequest?: (method: string, status: number, ms: number) => void;
}

/** What a page's script may read of an answer, beside its body. */
const exposedHeaders = [
  "etag",
  "idempotent-replayed",
  "preference-applied",
  "retry-after",
  "x-request-id",
  ...rateLimitHeaders,
];

type Env = { Variables: { requestId: string; log: Logger } };

/** The app; `fetch` and `request` work without a network. */
export function createApp(context: ServiceContext, log: Logger, options: AppOptions = {}): Hono<Env> {
  const { maximumBodyBytes = 32 * 1024 * 1024, corsOrigins = [] } = options;
  const services: Record<DialectName, DialectService> = {
    ingest: createIngestService(context),
    batch: createBatchService(context),
  };
  const dialects = {
    ingest: createDialectApp(context, services.ingest),
    batch: createDialectApp(context, services.batch),
  };
  const document = describeApi(Object.values(services));
  const app = new Hono<Env>();

  app.use(traceRequests);
  app.use(async (c, next) => {
    const startedMs = performance.now();
    const requestId =
      requestIdOf(c.req.header("x-request-id")) ?? `req_${context.newId().replaceAll("-", "")}`;
    const requestLog = log.child({ request_id: requestId });
    c.set("requestId", requestId);
    c.set("log", requestLog);
    await next();
    c.header("x-request-id", requestId);
    const { method, path } = c.req;
    const level = c.res.status >= 500 ? "error" : probePaths.includes(path) ? "debug" : "info";
    const ms = performance.now() - startedMs;
    options.observeRequest?.(method, c.res.status, ms);
    requestLog[level]({ method, path, status: c.res.status, ms: round(ms) }, "request");
  });
  if (corsOrigins.length > 0) {
    app.use(
      cors({
        origin: corsOrigins.includes("*") ? "*" : [...corsOrigins],
        exposeHeaders: exposedHeaders,
        maxAge: 600,
      }),
    );
  }

  app.onError((error, c) => {
    c.var.log.error({ err: error }, "request failed outside of every dialect");
    return c.json({ code: "server_error", message: "something went wrong on our side" }, 500);
  });

  app.route("/", createProbes(context.database, log));
  app.get("/openapi.json", (c) => c.json(document));

  app.all("*", async (c) => {
    const { raw } = c.req;
    const readText = createReadText(raw, maximumBodyBytes);
    const { requestId, log: requestLog } = c.var;
    const facts = { method: raw.method, path: c.req.path, headers: raw.headers, readText };
    let name: DialectName;
    try {
      name = await dialectOf(facts);
    } catch (error) {
      // The body that should have told the dialect cannot be read: the handler that reads it says so.
      if (!MemlaneError.is(error)) throw error;
      name = "batch";
    }
    return dialects[name].fetch(raw, { requestId, log: requestLog, readText });
  });
  return app;
}

/** A caller's own id for a request, if it is fit for a header and a log. */
function requestIdOf(header: string | undefined): string | undefined {
  return header !== undefined && /^[\x21-\x7e]{1,128}$/.test(header) ? header : undefined;
}

const round = (ms: number) => Math.round(ms * 10) / 10;
