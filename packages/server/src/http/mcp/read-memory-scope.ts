import { MemlaneError } from "@memlane/core";
import * as z from "zod/mini";
import { printPath } from "../print-issue.ts";

const name = z.string().check(z.minLength(1), z.maxLength(255));
const scope = z.object({
  user_id: name,
  agent_id: z.optional(name),
  read_only: z._default(z.stringbool(), false),
});

/** What the host application has bound a connection to. */
export interface MemoryScope {
  readonly userId: string;
  readonly agentId: string | undefined;
  readonly isReadOnly: boolean;
}

/** The query parameter and the header of each value. */
const headerOf = {
  user_id: "x-memlane-user-id",
  agent_id: "x-memlane-agent-id",
  read_only: "x-memlane-read-only",
} as const;

/**
 * Reads the user, the agent and the read-only mode from the URL or the headers: both belong to the host application, so
 * no model can choose them.
 * @throws MemlaneError `invalid_request` if there is no user, or if the URL and a header differ
 */
export function readMemoryScope({ url, headers }: Request): MemoryScope {
  const { searchParams } = new URL(url);
  const given: Record<string, string> = {};
  for (const [parameter, header] of Object.entries(headerOf)) {
    const inUrl = searchParams.get(parameter);
    const inHeader = headers.get(header);
    if (inUrl !== null && inHeader !== null && inUrl !== inHeader) {
      throw invalid(`${parameter} in the URL and the header ${header} differ`);
    }
    const value = inHeader ?? inUrl;
    if (value !== null) given[parameter] = value;
  }
  if (given["user_id"] === undefined) {
    throw invalid(
      `set the user whose memories the tools work on: /mcp?user_id=… or the header ${headerOf.user_id}`,
    );
  }
  const parsed = scope.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`${printPath(issue!.path)}: ${issue!.message}`);
  }
  const { user_id: userId, agent_id: agentId, read_only: isReadOnly } = parsed.data;
  return { userId, agentId, isReadOnly };
}

function invalid(message: string): MemlaneError {
  return new MemlaneError({ code: "invalid_request", message });
}
