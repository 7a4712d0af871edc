import { MemlaneError } from "@memlane/core";
import type { MemoryAccess } from "./memory-access.ts";

/** The same handler of a tool, a resource or a prompt. Its errors have the text that the host application gives them. */
export function describeErrors<Parameters extends readonly unknown[], Result>(
  access: MemoryAccess,
  handle: (...parameters: Parameters) => Promise<Result>,
): (...parameters: Parameters) => Promise<Result> {
  return (...parameters) =>
    handle(...parameters).catch((error: unknown) => {
      throw MemlaneError.is(error) ? new Error(errorTextOf(access, error), { cause: error }) : error;
    });
}

/** The text of an error, as the host application gives it. */
export function errorTextOf({ describeError }: MemoryAccess, error: MemlaneError): string {
  return describeError?.(error) ?? error.message;
}
