// The complete HTTP API: the routes without a dialect, and the dispatch of all other requests to a
// dialect.
import { Hono, type HonoRequest } from "hono";
import { cors } from "hono/cors";
import type { Logger } from "pino";
import * as z from "zod/mini";
import { traceRequests } from "./trace-requests.ts";
import type { AnswerConsole } from "./console.ts";
import { createBodyBudget } from "./body-budget.ts";
import { authenticate } from "./caller.ts";
import { createDialectApp } from "./dialect-app.ts";
import { ourDialects } from "./dialects.ts";
import { createDialectChoice, type DialectChoice, type RequestHead } from "./choose-dialect.ts";
import { createJobWire } from "./jobs/job-wire.ts";
import { createInProcessRuntime } from "./mcp/in-process-runtime.ts";
import { answerForAnyUser, answerForUser, createMcpEndpoint, type AnswersMcp } from "./mcp/mcp-endpoint.ts";
import { describeProtectedResource, protectedResourcePath } from "./mcp/protected-resource.ts";
import { describeApi } from "./openapi/describe-api.ts";
import { createOpenApiRoute } from "./openapi/openapi-route.ts";
import { createProbes, probePaths } from "./probes.ts";
import { responseHeaders } from "./response-headers.ts";
import { createRequestBody, type RequestBody } from "./request-body.ts";
import type { DialectRegistry, DialectService } from "./served-dialect.ts";
import { printStartPage, startPageHeaders } from "./start-page.ts";
import type { ServiceContext } from "./service-context.ts";
import { createSharedRoutes } from "./shared-routes.ts";
import { limitWrongKeys, type KeyLookup } from "./wrong-keys.ts";

export interface HttpApiOptions {
  /** The largest body in bytes on routes for large bodies; other bodies may have 8 MiB. */
  readonly maximumBodyBytes: number;
  /** How long 128 KiB of a body may take to arrive. @default 10,000 */
  readonly bodyStallMs?: number;
  /** The origins of web pages that may call the API; `*` allows all. */
  readonly corsOrigins: readonly string[];
  /** The dialects to serve. @default ingest and batch */
  readonly dialects?: DialectRegistry | undefined;
  /** Answer requests of the Model Context Protocol. @default there is no `/mcp` and no `/agent/mcp` */
  readonly answersMcp?: AnswersMcp | undefined;
  /** Serves the console. @default there is no `/console` */
  readonly answerConsole?: AnswerConsole | undefined;
  /** Called after each request. */
  readonly observeRequest?: ((method: string, status: number, ms: number) => void) | undefined;
}

/**
 * The limit for other bodies. It is larger than any conversation that the offline extractor accepts,
 * but small, because each layer that handles a body keeps a copy in memory.
 */
const otherBodyBytes = 8 * 1024 * 1024;

/** The headers that a web page may read. */
const exposedHeaders = Object.keys(responseHeaders).map((name) => name.toLowerCase());

/** Where a request comes from. */
export interface Connection {
  /** The client's IP address. */
  readonly address?: string | undefined;
  /** Whether the MCP endpoint sends the request to this API. The MCP request itself was counted already. */
  readonly isInProcess?: boolean | undefined;
}

type Env = { Bindings: Connection; Variables: { requestId: string; log: Logger } };

/** Creates the HTTP API; `fetch` and `request` work without a network. */
export function createHttpApi(
  parts: Omit<ServiceContext, "jobWire">,
  log: Logger,
  options: HttpApiOptions,
): Hono<Env> {
  const { maximumBodyBytes, bodyStallMs = 10_000, corsOrigins } = options;
  const { dialects, shared, fallback } = options.dialects ?? ourDialects;
  const context = { ...parts, jobWire: createJobWire(dialects) };
  const bodyLimits = {
    // The total is 1.5 times an organisation's limit, plus an eighth for small bodies. So one organisation cannot use it
    // all. A byte of a body takes up to 16 bytes of memory until it is stored.
    budget: createBodyBudget({
      totalBytes: 1.625 * maximumBodyBytes,
      orgBytes: maximumBodyBytes,
      reservedBytes: maximumBodyBytes / 8,
      totalBodies: 96, // Node.js buffers up to 192 KiB of each
      orgBodies: 24,
    }),
    stallMs: bodyStallMs,
  };
  const keysFor = limitWrongKeys(context);
  const sharedRoutes = createSharedRoutes(context);
  const services = dialects.map((served) => ({
    ...served,
    routes: [...served.createRoutes(context), ...(served === shared ? sharedRoutes : [])],
  }));
  const choice = createDialectChoice(services, fallback.dialect.name);
  const apps = new Map(services.map((service) => [service.dialect.name, createDialectApp(context, service)]));
  const largeBodyPaths = new Set(
    services.flatMap(({ routes }) => routes.filter((route) => route.takesLargeBody).map(({ path }) => path)),
  );
  const bodyOf = ({ raw, path }: HonoRequest) => {
    const mostBytes = largeBodyPaths.has(path) ? maximumBodyBytes : otherBodyBytes;
    return createRequestBody(raw, { ...bodyLimits, maximumBytes: Math.min(maximumBodyBytes, mostBytes) });
  };
  const description = describeApi(services, fallback);
  const { answerConsole } = options;
  const startPage = printStartPage(description, answerConsole !== undefined);
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
    const isFailure = c.res.status >= 500 && !c.req.raw.signal.aborted;
    const isInProcess = c.env?.isInProcess === true;
    const level = isFailure ? "error" : isInProcess || probePaths.includes(path) ? "debug" : "info";
    const ms = performance.now() - startedMs;
    if (!isInProcess) options.observeRequest?.(method, c.res.status, ms);
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
    const { requestId } = c.var;
    const message = "something went wrong on our side";
    const report = { code: "server_error", message, requestId, issues: [] } as const;
    return c.json(z.encode(fallback.dialect.error, report), 500);
  });

  app.route("/", createProbes(context.database, log));
  app.get("/", (c) => c.html(startPage, 200, startPageHeaders));
  app.route("/", createOpenApiRoute({ description, services, sharedRoutes, fallback }));

  if (answerConsole !== undefined) app.get("/console/*", (c) => answerConsole(c.req.raw));

  const { answersMcp } = options;
  if (answersMcp !== undefined) {
    const runtime = createInProcessRuntime((request) => app.fetch(request, { isInProcess: true }));
    const servers = [
      { path: "/mcp", open: answerForUser(answersMcp) },
      { path: "/agent/mcp", open: answerForAnyUser(answersMcp) },
    ];
    app.get(`${protectedResourcePath}/:resource{mcp}?`, (c) => c.json(describeProtectedResource(c.req.raw)));
    for (const served of servers) {
      const mcp = createMcpEndpoint(context, { ...served, runtime, caller: shared.caller, corsOrigins });
      app.all(served.path, async (c) => {
        const body = bodyOf(c.req);
        try {
          return await mcp(c.req.raw, { log: c.var.log, body, keys: keysFor(c.env?.address) });
        } finally {
          body.close();
        }
      });
    }
  }

  app.all("*", async (c) => {
    const { raw } = c.req;
    const { requestId, log: requestLog } = c.var;
    const { path } = c.req;
    const body = bodyOf(c.req);
    const keys = keysFor(c.env?.address);
    const query = new URL(raw.url).searchParams;
    const head = { method: raw.method, path, query, headers: raw.headers };
    try {
      const spoken = choice.byHead(head) ?? (await dialectByBody(choice, services, head, { keys, body }));
      const isInProcess = c.env?.isInProcess === true;
      const bindings = { requestId, log: requestLog, body, keys, isInProcess, address: c.env?.address };
      return await apps.get(spoken.dialect.name)!.fetch(raw, bindings);
    } finally {
      body.close();
    }
  });
  return app;
}

/**
 * The dialect of a request by its body. Only the start of the body is read if no route reads it, if the key is
 * unknown, or if the body is unreadable.
 */
async function dialectByBody(
  choice: DialectChoice<DialectService>,
  services: readonly DialectService[],
  head: RequestHead,
  { keys, body }: { readonly keys: KeyLookup; readonly body: RequestBody },
): Promise<DialectService> {
  try {
    if (choice.isBodyRead(head)) {
      const credentials = services.map(({ caller }) => caller.readCredentials(head.headers));
      const found = credentials.find(({ key }) => key !== undefined) ?? credentials[0]!;
      const { orgId } = (await authenticate(keys, found)).key;
      return choice.byBody(await body.readJson(orgId));
    }
  } catch {
    // The route gets the same error, and answers with it.
  }
  return choice.byPrefix(await body.readPrefix());
}

/** The caller's own request id, if it is safe in a header and a log. */
function requestIdOf(header: string | undefined): string | undefined {
  return header !== undefined && /^[\x21-\x7e]{1,128}$/.test(header) ? header : undefined;
}

const round = (ms: number) => Math.round(ms * 10) / 10;
