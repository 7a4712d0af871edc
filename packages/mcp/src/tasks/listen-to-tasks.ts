import {
  CLIENT_CAPABILITIES_META_KEY,
  PROTOCOL_VERSION_META_KEY,
  SUBSCRIPTION_ID_META_KEY,
  type JSONRPCMessage,
} from "@modelcontextprotocol/server";
import { MemlaneError } from "@memlane/core";
import * as z from "zod";
import { clientCapabilities, tasksExtension } from "../client-capabilities.ts";
import type { MemoryAccess } from "../memory-access.ts";
import { checkOwner, readJob } from "../read-job.ts";
import { missingTasks } from "./add-task-requests.ts";
import { detailedTask } from "./task-of-job.ts";

/** A request to be notified about tasks. The SDK handles only the protocol's own notifications, so we answer the request. */
const listenRequest = z.object({
  id: z.union([z.string(), z.number()]),
  method: z.literal("subscriptions/listen"),
  params: z.object({
    _meta: z.object({
      [PROTOCOL_VERSION_META_KEY]: z.string(),
      [CLIENT_CAPABILITIES_META_KEY]: clientCapabilities,
    }),
    notifications: z.object({ taskIds: z.array(z.string()).min(1).max(100) }),
  }),
});

/** A request to be notified about tasks. */
export type ListenRequest = z.output<typeof listenRequest>;

/** Reads a request to be notified about tasks; undefined for any other message. */
export function readListenRequest(message: unknown): ListenRequest | undefined {
  return listenRequest.safeParse(message).data;
}

/**
 * Confirms the request, then sends the state of each task now and after each change. Resolves after all tasks have
 * ended, or when the signal aborts.
 */
export async function listenToTasks(
  access: MemoryAccess,
  { id, params }: ListenRequest,
  send: (message: JSONRPCMessage) => void,
  signal: AbortSignal,
): Promise<void> {
  if (params._meta[CLIENT_CAPABILITIES_META_KEY].extensions?.[tasksExtension] === undefined) {
    const { code, message, data } = missingTasks();
    send({ jsonrpc: "2.0", id, error: { code, message, data } });
    return;
  }
  const _meta = { [SUBSCRIPTION_ID_META_KEY]: id };
  const notify = (method: string, fields: Readonly<Record<string, unknown>>) =>
    send({ jsonrpc: "2.0", method, params: { ...fields, _meta } });
  const { jobs } = access.client.memories;
  const known = await Promise.all(
    [...new Set(params.notifications.taskIds)].map((taskId) =>
      readJob(access, taskId, signal).then(
        () => [taskId],
        (error: unknown) => {
          if (MemlaneError.is(error)) return [];
          throw error;
        },
      ),
    ),
  );
  const taskIds = known.flat();
  notify("notifications/subscriptions/acknowledged", { notifications: { taskIds } });
  await Promise.all(
    taskIds.map(async (taskId) => {
      for await (const job of jobs.watch(taskId, { timeoutMs: Infinity, signal })) {
        await checkOwner(access, job, signal);
        notify("notifications/tasks", { ...detailedTask(access, { job, pollIntervalMs: undefined }) });
      }
    }),
  );
  send({ jsonrpc: "2.0", id, result: { resultType: "complete", _meta } });
}
