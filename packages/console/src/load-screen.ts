import { MemlaneError } from "@memlane/core";
import type { Screen } from "./screen.ts";

/**
 * Loads the code of a screen. The error's code is `network_error` if the server does not answer. Otherwise it is
 * `unreadable_response`, usually because the server was upgraded and has other files.
 */
export async function loadScreen({ load }: Screen) {
  try {
    return { default: await load() };
  } catch (cause) {
    const code = await fetch("/healthz").then(
      () => "unreadable_response" as const,
      () => "network_error" as const,
    );
    // After an import failed, a browser does not try it again until the page is reloaded.
    const message = "The screen could not be loaded. Load the page again when the server answers.";
    throw new MemlaneError({ code, message, cause });
  }
}
