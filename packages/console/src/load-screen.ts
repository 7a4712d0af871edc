import { MemlaneError } from "@memlane/core";
import type { Screen } from "./screen.ts";

/** Loads the code of a screen. An error says whether the server is away, or has other code since it was upgraded. */
export async function loadScreen({ load }: Screen) {
  try {
    return { default: await load() };
  } catch (cause) {
    const code = await fetch("/healthz").then(
      () => "unreadable_response" as const,
      () => "network_error" as const,
    );
    // A browser remembers code that it could not load until the page is loaded again.
    const message = "The screen could not be loaded. Load the page again when the server answers.";
    throw new MemlaneError({ code, message, cause });
  }
}
