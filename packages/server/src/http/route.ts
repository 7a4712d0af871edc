// A route as data: the server and the OpenAPI document use the same schemas.
import { MemlaneError, type FactId, type FieldIssue, type JobId, type ServerErrorCode } from "@memlane/core";
import * as z from "zod/mini";
import type { RequestDatabase } from "../database/org-shares.ts";
import type { AuditRecord } from "../audit/audit-log.ts";
import type { SentBy } from "../store/audit-events.ts";
import type { ApiKey, Scope } from "../store/api-keys.ts";
import type { UseCounts } from "../store/usage.ts";
import { requireUserOfBoundKey, type ActsFor } from "./bound-key.ts";
import { printPath, printIssue } from "./print-issue.ts";
import { emptyBody } from "./parse-body.ts";
import type { JobToken } from "./jobs/job-token.ts";
import { yieldAfterLongWork } from "../base/yield-after-long-work.ts";

// zod/mini has no built-in messages, and Zod's English message does not say that a value is missing.
const { localeError } = z.locales.en();
z.config({ localeError: (issue) => (issue.input === undefined ? "is required" : localeError(issue)) });

/** What a route needs of its caller: a key with a scope, any key, or nothing. */
type RouteScope = Scope | "any key" | "public";

export type Schema = z.ZodMiniType;

/** One event of a stream (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface ServerSentEvent {
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

/** A handler's answer; a body is sent as JSON. */
export interface Answer {
  readonly status: 200 | 201 | 202 | 204 | 304;
  readonly body?: unknown;
  /** Server-sent events instead of a body. */
  readonly events?: AsyncIterable<ServerSentEvent>;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the audit event of the request contains; null if the handler has stored the event. */
  readonly audited?: Pick<AuditRecord, "id" | "userId" | "targetId" | "meta" | "read"> | null;
  /** Facts of `audited.userId` that the request ended. Each has an audit event of its own. @default none */
  readonly endedFacts?: readonly FactId[];
}

/** A request before validation. */
interface RawInput {
  readonly orgId: string;
  /** Its queries count toward the share of the request's organisation. */
  readonly database: RequestDatabase;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Headers;
  /** Reads and parses the body; undefined if it is empty. */
  readonly readJson: () => Promise<unknown>;
  /** Makes room for other bodies, before a long-poll. */
  readonly closeBody: () => void;
  readonly signal: AbortSignal;
  /** The client's IP address; null for a request that this process sends to itself. */
  readonly ip: string | null;
  /** What the caller's key may do. */
  readonly scopes: readonly Scope[];
  /** The caller's key; null for a request without one. */
  readonly key: Pick<ApiKey, "id" | "name" | "userId"> | null;
  /** The same for the audit log; null for a request without a key. */
  readonly sentBy: SentBy | null;
  /** The only user that the caller's key acts for; null if it acts for all users. */
  readonly boundUserId: string | null;
  /** Counts what the request did, for the usage of its key. */
  readonly countUse: (uses: Partial<UseCounts>) => void;
  /** Creates a token for a job of the caller's organisation. */
  readonly mintJobToken: (id: JobId, lifetimeSeconds: number) => Promise<JobToken>;
}

/** The input of a handler. `query` and `body` are validated. */
export interface Input<Query, Body> extends Omit<RawInput, "query" | "readJson" | "boundUserId"> {
  readonly query: Query;
  readonly body: Body;
}

interface AnswerDescription {
  readonly description: string;
  readonly schema?: Schema;
  /** @default "application/json" */
  readonly mediaType?: string;
}

interface Description {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** With parameters in Hono's syntax, such as `/v1/jobs/:id`. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  /** What the caller needs. With `any key`, the request counts toward no limit. */
  readonly scope: RouteScope;
  /** How the request appears in the audit log. @default it does not */
  readonly audit?: AuditRecord["action"];
  /** How a request names its user. A bound key can use only routes that have this. */
  readonly actsFor?: ActsFor;
  /** Whether the job's token is accepted as well as an API key. */
  readonly takesJobToken?: true;
  /** The meaning and the body of each status. */
  readonly answers: Readonly<Record<number, AnswerDescription>>;
  /** Whether the answer is a job, for which a client may wait with a long-poll. */
  readonly answersJob?: true;
  /** Whether the answer always stays open until a job ends. */
  readonly staysOpen?: true;
  /** Whether the body may be as large as the server allows. Other bodies are limited to 8 MiB. */
  readonly takesLargeBody?: true;
  /** Whether a request that is repeated with the same `Idempotency-Key` gets the result of the first one. */
  readonly takesIdempotencyKey?: true;
  /** The error if the handler fails for an unknown reason. @default "server_error" */
  readonly failure?: ServerErrorCode;
  /** Errors in addition to those that every route can have. */
  readonly errors: readonly ServerErrorCode[];
}

/** A route that validates its input before the handler runs. */
export interface Route extends Description {
  readonly querySchema: z.ZodMiniObject | undefined;
  readonly bodySchema: Schema | undefined;
  /** Whether a request may have no body: `{}` is valid, so an empty body means the same. */
  readonly isBodyOptional: boolean;
  readonly answer: (input: RawInput) => Promise<Answer>;
}

const nothing = z.object({});

/**
 * Creates a route. For invalid input, `codeOfIssue` names the error code of each field. The first
 * code other than `invalid_request` wins.
 */
export function route<Query extends z.ZodMiniObject = typeof nothing, Body extends Schema = typeof nothing>({
  query,
  body,
  describedBody = body,
  codeOfIssue = () => "invalid_request",
  handle,
  ...description
}: Description & {
  readonly query?: Query;
  readonly body?: Body;
  /** What a client should send, for the OpenAPI document. @default `body` */
  readonly describedBody?: Schema;
  readonly codeOfIssue?: (issue: FieldIssue, input: unknown) => ServerErrorCode;
  readonly handle: (input: Input<z.output<Query>, z.output<Body>>) => Promise<Answer>;
}): Route {
  const check = <S extends Schema>(schema: S, value: unknown): z.output<S> => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const issues = parsed.error.issues.map(fieldIssueOf);
    const codes = issues.map((issue) => codeOfIssue(issue, value));
    const first = Math.max(
      0,
      codes.findIndex((code) => code !== "invalid_request"),
    );
    throw new MemlaneError({ code: codes[first]!, message: printIssue(issues[first]!), issues });
  };
  const isBodyOptional = body === undefined || body.safeParse({}).success;
  return {
    ...description,
    querySchema: query,
    bodySchema: describedBody,
    isBodyOptional,
    async answer({ query: rawQuery, readJson, boundUserId, ...input }) {
      const checkedQuery = check<Schema>(query ?? nothing, rawQuery) as z.output<Query>;
      const sent = body && (await readJson());
      if (sent === undefined && !isBodyOptional) throw emptyBody();
      const json = sent === undefined ? {} : sent;
      const checkedBody = await yieldAfterLongWork(
        () => check<Schema>(body ?? nothing, json) as z.output<Body>,
      );
      const parts = { query: checkedQuery, body: checkedBody, params: input.params };
      requireUserOfBoundKey(boundUserId, description.actsFor, parts);
      return handle({ ...input, query: checkedQuery, body: checkedBody });
    },
  };
}

function fieldIssueOf({ path, message, code }: z.core.$ZodIssue): FieldIssue {
  return { field: printPath(path), message, type: code === "custom" ? "invalid_value" : code };
}
