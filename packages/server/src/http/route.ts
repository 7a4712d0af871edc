// A route as data: the server mounts it, and the OpenAPI document describes it, from the same schemas.
import { MemlaneError, type FieldIssue, type JobId, type ServerErrorCode } from "@memlane/core";
import * as z from "zod/mini";
import type { RequestDatabase } from "../database/org-shares.ts";
import type { Scope } from "../store/api-keys.ts";
import { printPath, sentenceOf } from "./field-issue.ts";
import type { JobToken } from "./jobs/job-token.ts";
import { yieldAfter } from "./yield-after.ts";

// zod/mini brings no sentences of its own, and its English one for what is missing speaks of types.
const { localeError } = z.locales.en();
z.config({ localeError: (issue) => (issue.input === undefined ? "is required" : localeError(issue)) });

/** A schema of the wire. */
export type Schema = z.ZodMiniType;

/** One event of a stream (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface ServerSentEvent {
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

/** An answer of a handler; a body is sent as JSON. */
export interface Answer {
  readonly status: 200 | 201 | 202 | 204 | 304;
  readonly body?: unknown;
  /** Server-sent events, in the place of a body. */
  readonly events?: AsyncIterable<ServerSentEvent>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What arrives, before any of it is believed. */
interface RawInput {
  readonly orgId: string;
  /** The database. Its use counts for the organisation of the request. */
  readonly database: RequestDatabase;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Headers;
  /** The body, parsed. */
  readonly readJson: () => Promise<unknown>;
  /** Ends the use of the body, before a long-poll. */
  readonly closeBody: () => void;
  readonly signal: AbortSignal;
  /** Makes a token that reads a job of the caller's. */
  readonly mintJobToken: (id: JobId, lifetimeSeconds: number) => Promise<JobToken>;
}

/** What a handler gets. */
export interface Input<Query, Body> extends Omit<RawInput, "query" | "readJson"> {
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
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** With Hono's parameters, such as `/v1/jobs/:id`. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly scope: Scope;
  /** Whether the job's own token may call it as well as an API key. */
  readonly takesJobToken?: true;
  /** Each status with what it means, and what its body holds. */
  readonly answers: Readonly<Record<number, AnswerDescription>>;
  /** Whether the answer always stays open until a job ends. */
  readonly staysOpen?: true;
  /** Whether its body may be as large as the server takes at all. Other bodies are at most 8 MiB. */
  readonly takesLargeBody?: true;
  /** Whether sending it again with the same `Idempotency-Key` answers what it made, rather than making another. */
  readonly takesIdempotencyKey?: true;
  /** The errors beside those that every route can have. */
  readonly errors: readonly ServerErrorCode[];
}

/** A route whose input is checked before its handler sees it. */
export interface Route extends Description {
  readonly querySchema: z.ZodMiniObject | undefined;
  readonly bodySchema: Schema | undefined;
  readonly answer: (input: RawInput) => Promise<Answer>;
}

const nothing = z.object({});

/**
 * Makes a route. Input that its schemas refuse becomes the error that `codeOfIssue` names for what is wrong with a field:
 * the first that is more than an `invalid_request`.
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
    throw new MemlaneError({ code: codes[first]!, message: sentenceOf(issues[first]!), issues });
  };
  return {
    ...description,
    querySchema: query,
    bodySchema: describedBody,
    async answer({ query: rawQuery, readJson, ...input }) {
      const checkedQuery = check<Schema>(query ?? nothing, rawQuery) as z.output<Query>;
      const json = body === undefined ? {} : await readJson();
      const checkedBody = await yieldAfter(() => check<Schema>(body ?? nothing, json) as z.output<Body>);
      return handle({ ...input, query: checkedQuery, body: checkedBody });
    },
  };
}

function fieldIssueOf({ path, message, code }: z.core.$ZodIssue): FieldIssue {
  return { field: printPath(path), message, type: code === "custom" ? "invalid_value" : code };
}
