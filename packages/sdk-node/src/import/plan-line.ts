import type { BatchItem, IngestRequest } from "@memlane/core";
import { batchItemWire, ingestRequestWire } from "@memlane/core/internal";
import * as z from "zod/mini";
import { toDotPath } from "zod/v4/core";
import en from "zod/v4/locales/en.js";
import { conversationWire, requestsOfConversation } from "./conversation.ts";
import { parseExactly } from "./parse-exactly.ts";

/** What to send for one line. */
export type LinePlan =
  | { readonly type: "memory"; readonly item: BatchItem }
  | { readonly type: "conversation"; readonly requests: readonly IngestRequest[] }
  /** Nothing, and why. */
  | { readonly type: "problem"; readonly problem: string };

/** Defaults for every line. */
export interface LineDefaults {
  readonly userId?: string | undefined;
}

const jsonObject = z.record(z.string(), z.unknown());
const openIngestRequest = z.catchall(ingestRequestWire, z.unknown());
const { localeError } = en();
// Replaces zod's message for a missing field, which would be about types.
const english: { error: typeof localeError } = {
  error: (issue) => (issue.input === undefined ? "is required" : localeError(issue)),
};

const noArray =
  "begins a JSON array: each line must be a separate object, which `jq -c '.[]'` makes of an array";

/**
 * Reads one line of JSON. With `content` it is a memory, with `messages` a conversation to ingest. With `turns`
 * it is a conversation that is ingested once for each speaker. A line that the server would refuse is reported
 * here, because one bad memory would fail its whole batch.
 */
export function planLine(text: string, { userId }: LineDefaults = {}): LinePlan {
  if (text.trimStart().startsWith("[")) return { type: "problem", problem: noArray };
  let value: unknown;
  try {
    value = parseExactly(text);
  } catch (error) {
    return { type: "problem", problem: `is not JSON: ${(error as SyntaxError).message}` };
  }
  const object = jsonObject.safeParse(value).data;
  if (object === undefined) return { type: "problem", problem: "is not a JSON object" };
  if ("content" in object) return planMemory({ ...object, user_id: object["user_id"] ?? userId });
  if ("messages" in object) return planMessages(object, userId);
  if ("turns" in object) {
    const conversation = conversationWire.safeParse(object, english);
    if (!conversation.success) return refuse(conversation.error);
    return planRequests(requestsOfConversation(conversation.data));
  }
  return { type: "problem", problem: "has none of content, messages and turns" };
}

function planMemory(candidate: unknown): LinePlan {
  const item = batchItemWire.safeParse(candidate, english);
  return item.success ? { type: "memory", item: item.data } : refuse(item.error);
}

function planMessages({ id, ...line }: Record<string, unknown>, defaultUserId: string | undefined): LinePlan {
  const { user_id: userId = defaultUserId, conv_id: conversationId = id } = line;
  if (userId === undefined) return { type: "problem", problem: "has no user_id, and --user-id is not given" };
  if (conversationId === undefined) return { type: "problem", problem: "has neither conv_id nor id" };
  const conv_id = typeof conversationId === "number" ? String(conversationId) : conversationId;
  return planRequests([{ ...line, user_id: userId, conv_id }]);
}

function planRequests(candidates: readonly unknown[]): LinePlan {
  const requests: IngestRequest[] = [];
  for (const candidate of candidates) {
    const request = openIngestRequest.safeParse(candidate, english);
    if (!request.success) return refuse(request.error);
    requests.push(request.data);
  }
  return { type: "conversation", requests };
}

function refuse(error: z.core.$ZodError): LinePlan {
  const problem = error.issues.map(({ path, message }) => `${toDotPath(path)} ${message}`.trim()).join("; ");
  return { type: "problem", problem };
}
