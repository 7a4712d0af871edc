import { exitCodes } from "./exit-code.ts";

/** Aborts at Ctrl-C, so that a command can end properly. A second Ctrl-C ends the process at once. */
export function listenForInterruption(onFirst: () => void = () => {}): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
    onFirst();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, interrupt);
  return controller.signal;
}
