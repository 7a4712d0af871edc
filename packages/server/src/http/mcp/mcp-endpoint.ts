// The Model Context Protocol over Streamable HTTP, with the same keys, scopes and limits as every route.
import {
  createClient,
  errorTable,
  MemlaneError,
  type Client,
  type ErrorReport,
  type Runtime,
} from "@memlane/core";
import type { answerKorelyRequest, answerMcpRequest, McpRequestOptions } from "@memlane/mcp";
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

/** How the two servers of the protocol answer a request. */
export interface AnswersMcp {
  /** `/mcp`: the tools of one user. */
  readonly memlane: typeof answerMcpRequest;
  /** `/agent/mcp`: the tools of the batch dialect's vendor. */
  readonly korely: typeof answerKorelyRequest;
}

/** The caller of a request, and its calls to the API of this process. */
interface McpCaller {
  readonly client: Client;
  /** Whether its key may only read. */
  readonly isReadOnly: boolean;
  /** Aborts when the process stops or the key is revoked. */
  readonly stopping: AbortSignal;
}

/** Reads what a request is bound to, and returns what answers it. @throws MemlaneError `invalid_request` */
type OpenMcp = (request: Request) => (caller: McpCaller, options: McpRequestOptions) => Promise<Response>;

/** Answers with the tools of one user, whom the host application has chosen. */
export const answerForUser =
  ({ memlane }: AnswersMcp): OpenMcp =>
  (request) => {
    const { isReadOnly: onlyReads, ...scope } = readMemoryScope(request);
    return ({ isReadOnly, ...caller }, options) =>
      memlane(request, { ...scope, ...caller, isReadOnly: onlyReads || isReadOnly }, options);
  };

/** Answers with tools that take the user as an argument. */
export const answerForAnyUser =
  ({ korely }: AnswersMcp): OpenMcp =>
  (request) =>
  ({ client }, options) =>
    korely(request, client, options);

/** What the endpoint works with. */
export interface McpEndpointOptions {
  readonly path: string;
  readonly open: OpenMcp;
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
  { path, open: openRequest, runtime, caller, corsOrigins }: McpEndpointOptions,
): (request: Request, parts: McpRequest) => Promise<Response> {
  return async (request, { log, body, keys }) => {
    const rateLimit = new Headers();
    try {
      checkOrigin(request.headers.get("origin"), corsOrigins);
      const credentials = caller.readCredentials(request.headers);
      const who = await authenticate(keys, credentials);
      const { id: keyId, orgId, scopes } = who.key;
      log.setBindings({ org: orgId });
      nameRequest(request.method, path, orgId);
      await countAgainstLimit(context, who, (name, value) => rateLimit.set(name, value));
      requireOrg(who, credentials);
      requireScope(who, { scope: "memories:read" });
      const answer = openRequest(request);
      const message = request.method === "POST" ? await body.readJson(orgId) : undefined;
      if (request.method === "POST" && message === undefined) throw emptyBody();
      if (Array.isArray(message)) {
        // A list of messages would count as one request. The protocol has none since 2025-06-18.
        throw new MemlaneError({ code: "invalid_request", message: "send one message in each request" });
      }
      log.setBindings({ mcp: nameOf(message) });
      const open = isListening(message) ? context.openAnswers(keyId, who.account) : undefined;
      const stopping = linkSignals([context.closing, ...(open ? [open.revoked] : [])]);
      const asking = {
        client: createClient(runtime, { apiKey: credentials.key!, orgId }),
        isReadOnly: !scopes.includes("memories:write"),
        stopping: stopping.signal,
      };
      const response = await answer(asking, {
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
