// Requests of a client that handles lost answers.
import { parseJson } from "@memlane/core/internal";
import * as z from "zod";

/** The caller and the servers. */
export interface Client {
  /** The APIs; each request goes to the next. */
  readonly urls: readonly string[];
  readonly orgId: string;
  readonly apiKey: string;
}

/** The fields of a job, in either dialect, that the records need. */
const jobAnswer = z.object({
  id: z.string().optional(),
  status: z.string().optional(),
  imported: z.number().optional(),
  failed: z.number().optional(),
  received: z.number().optional(),
  errors: z.array(z.object({ index: z.number() })).optional(),
  error: z.object({ message: z.string() }).nullish(),
  result: z.object({ memories_created: z.array(z.object({ type: z.string() })) }).nullish(),
});

/** An answer. 409 means that the job has ended, or has not ended yet. */
export interface Answer {
  readonly status: number;
  readonly body: z.infer<typeof jobAnswer>;
}

const timeoutMs = 15_000;
let turn = 0;

/**
 * Sends a request once. Resolves with undefined if its outcome is unknown: there was no answer, or the answer said that the
 * database is not available.
 *
 * @throws Error for an answer that is not `expected`
 */
export async function ask(
  { urls, orgId, apiKey }: Client,
  route: string,
  expected: readonly number[],
  { body, key }: { readonly body?: unknown; readonly key?: string | undefined } = {},
): Promise<Answer | undefined> {
  const [method = "", path = ""] = route.split(" ");
  const url = urls[(turn += 1) % urls.length]! + path;
  let status: number;
  let text: string;
  try {
    const response = await fetch(url, {
      method,
      headers: {
        ...(path.startsWith("/v1/batch")
          ? { authorization: `Bearer ${apiKey}` }
          : { "x-api-key": apiKey, "x-org-id": orgId }),
        "content-type": "application/json",
        ...(key !== undefined && { "idempotency-key": key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = response.status;
    text = await response.text();
  } catch {
    return undefined;
  }
  if (status === 503) return undefined;
  if (!expected.includes(status))
    throw new Error(`${route} was answered with ${status}: ${text.slice(0, 500)}`);
  return { status, body: jobAnswer.parse(parseJson(text) ?? {}) };
}
