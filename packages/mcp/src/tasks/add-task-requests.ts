import { MemlaneError } from "@memlane/core";
import {
  MissingRequiredClientCapabilityError,
  ProtocolError,
  ProtocolErrorCode,
  type McpServer,
  type ServerContext,
} from "@modelcontextprotocol/server";
import * as z from "zod";
import { declaresTasks, tasksExtension } from "../client-capabilities.ts";
import { errorTextOf } from "../describe-errors.ts";
import type { MemoryAccess } from "../memory-access.ts";
import { readJob } from "../read-job.ts";
import { detailedTask } from "./task-of-job.ts";

const params = z.object({ taskId: z.string() });

/** Lets clients read and cancel the tasks of `add_conversation`. Nothing is kept in memory. */
export function addTaskRequests({ server }: McpServer, access: MemoryAccess): void {
  server.registerCapabilities({ extensions: { [tasksExtension]: {} } });
  const handle = (
    method: string,
    answer: (taskId: string, signal: AbortSignal) => Promise<Record<string, unknown>>,
  ) =>
    server.setRequestHandler(method, { params }, async ({ taskId }, context) => {
      requireTasks(context);
      return answer(taskId, context.mcpReq.signal).catch((error: unknown) => {
        throw MemlaneError.is(error) ? protocolErrorOf(access, error) : error;
      });
    });
  handle("tasks/get", async (taskId, signal) => ({
    ...detailedTask(access, await readJob(access, taskId, signal)),
  }));
  // No task asks for input, so every answer of a client is late or unknown. The protocol says to ignore those.
  handle("tasks/update", async (taskId, signal) => {
    await readJob(access, taskId, signal);
    return {};
  });
  if (access.isReadOnly) return;
  handle("tasks/cancel", async (taskId, signal) => {
    await readJob(access, taskId, signal);
    // A job that has ended cannot be cancelled. The protocol acknowledges that too.
    await access.client.jobs.cancel(taskId, { signal }).catch((error: unknown) => {
      if (!MemlaneError.is(error) || error.code !== "conflict") throw error;
    });
    return {};
  });
}

/** @throws the protocol's error if the client does not declare tasks */
function requireTasks(context: ServerContext): void {
  if (!declaresTasks(context)) throw missingTasks();
}

/** The protocol's error for a client that does not declare tasks. */
export function missingTasks(): MissingRequiredClientCapabilityError {
  return new MissingRequiredClientCapabilityError({
    requiredCapabilities: { extensions: { [tasksExtension]: {} } },
  });
}

function protocolErrorOf(access: MemoryAccess, error: MemlaneError): ProtocolError {
  return error.status === 404 || error.code === "job_not_found"
    ? new ProtocolError(ProtocolErrorCode.InvalidParams, "there is no such task, or it has expired")
    : new ProtocolError(ProtocolErrorCode.InternalError, errorTextOf(access, error));
}
