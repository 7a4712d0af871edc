// `/mcp`: the Model Context Protocol over Streamable HTTP, with the same keys, scopes and limits as every route.
import { createClient, errorTable, MemlaneError, type ErrorReport, type Runtime } from "@memlane/core";
import type { answerMcpRequest } from "@memlane/mcp";
import type { Logger } from "pino";
import { authenticate, requireOrg, requireScope, type CallerScheme } from "../caller.ts";
import { countAgainstLimit } from "../count-against-limit.ts";
import { errorForCaller } from "../error-for-caller.ts";
import { linkSignals } from "../linked-signal.ts";
import { emptyBody } from "../parse-body.ts";
import { retryAfterOf } from "../retry-after.ts";
import type { RequestBody } from "../request-body.ts";
import type { ServiceContext } from "../service-context.ts";
import { nameRequest } from "../trace-requests.ts";
import type { KeyLookup } from "../wrong-keys.ts";
import { challengeOf } from "./protected-resource.ts";
import { readMemoryScope } from "./read-memory-scope.ts";

/** Answers a request of the protocol. */
export type AnswerMcp = typeof answerMcpRequest;

/** What the endpoint works with. */
export interface McpEndpointOptions {
  readonly answerMcp: AnswerMcp;
  /** Calls the API of this process. */
  readonly runtime: Runtime;
  /** How requests identify their caller. */
  readonly caller: CallerScheme;
  /** The origins of web pages that may call the API; `*` allows all. */
  readonly corsOrigins: readonly string[];
}

/** The parts of one request. */
interface McpRequest {
  readonly log: Logger;
  readonly body: RequestBody;
  readonly keys: KeyLookup;
}

/** Creates the endpoint. A message of the protocol counts as one request, however many calls it needs. */
export function createMcpEndpoint(
  context: ServiceContext,
  { answerMcp, runtime, caller, corsOrigins }: McpEndpointOptions,
): (request: Request, parts: McpRequest) => Promise<Response> {
  return async (request, { log, body, keys }) => {
    const rateLimit = new Headers();
    try {
      checkOrigin(request.headers.get("origin"), corsOrigins);
      const credentials = caller.readCredentials(request.headers);
      const who = await authenticate(keys, credentials);
      const { id: keyId, orgId, scopes } = who.key;
      log.setBindings({ org: orgId });
      nameRequest(request.method, "/mcp", orgId);
      await countAgainstLimit(context, who, (name, value) => rateLimit.set(name, value));
      requireOrg(who, credentials);
      requireScope(who, { scope: "memories:read" });
      const { isReadOnly, ...scope } = readMemoryScope(request);
      const message = request.method === "POST" ? await body.readJson(orgId) : undefined;
      if (request.method === "POST" && message === undefined) throw emptyBody();
      if (Array.isArray(message)) {
        // A list of messages would count as one request. The protocol has none since 2025-06-18.
        throw new MemlaneError({ code: "invalid_request", message: "send one message in each request" });
      }
      log.setBindings({ mcp: nameOf(message) });
      const open = isListening(message) ? context.openAnswers(keyId, who.account) : undefined;
      const stopping = linkSignals([context.closing, ...(open ? [open.revoked] : [])]);
      const access = {
        ...scope,
        client: createClient(runtime, { apiKey: credentials.key!, orgId }),
        isReadOnly: isReadOnly || !scopes.includes("memories:write"),
        stopping: stopping.signal,
      };
      const response = await answerMcp(request, access, {
        body: message,
        onError: (error) => log.info({ err: error }, "mcp request refused"),
        onEnd() {
          stopping.release();
          open?.close();
        },
      });
      return withHeaders(response, rateLimit);
    } catch (error) {
      return withHeaders(refuse(request, error, log), rateLimit);
    }
  };
}

/**
 * A page may call a server on its user's machine under another name (DNS rebinding). The protocol demands that such
 * origins are refused, even though the page would also need a key.
 */
function checkOrigin(origin: string | null, allowed: readonly string[]): void {
  if (origin === null || allowed.includes("*") || allowed.includes(origin)) return;
  const isLocal = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(origin);
  if (!isLocal) {
    throw new MemlaneError({ code: "forbidden", message: "pages of this origin may not call this server" });
  }
}

/** The method of a message, and the name of its tool or resource, for the log. */
function nameOf(message: unknown): string | undefined {
  const { method, params } = (message ?? {}) as { method?: unknown; params?: { name?: unknown } };
  if (typeof method !== "string") return undefined;
  return [method, params?.name]
    .filter((word) => typeof word === "string")
    .join(" ")
    .slice(0, 100);
}

function isListening(message: unknown): boolean {
  return (message as { method?: unknown } | undefined)?.method === "subscriptions/listen";
}

/** An error in the protocol's envelope, with the status and headers that every route would use. */
function refuse(request: Request, error: unknown, log: Logger): Response {
  const known = errorForCaller(error, log);
  const { status } = errorTable[known.code as ErrorReport["code"]];
  const code = known.code === "malformed_body" ? -32_700 : status < 500 ? -32_600 : -32_603;
  const challenge = status === 401 && { "www-authenticate": challengeOf(request) };
  return Response.json(
    { jsonrpc: "2.0", id: null, error: { code, message: known.message } },
    { status, headers: { ...challenge, ...retryAfterOf(known) } },
  );
}

function withHeaders(response: Response, headers: Headers): Response {
  for (const [name, value] of headers) response.headers.set(name, value);
  return response;
}
