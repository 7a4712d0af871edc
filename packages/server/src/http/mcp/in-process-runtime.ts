import { MemlaneError, type Runtime, type Transport } from "@memlane/core";
import { linkSignals } from "../linked-signal.ts";

/** Answers a request that this process sends to itself. */
export type AnswerInProcess = (request: Request) => Response | Promise<Response>;

/** The longest that one such request may take, in milliseconds. */
const longestMs = 60_000;

/** A runtime with which core's client calls the API of the same process, without a network. */
export function createInProcessRuntime(answer: AnswerInProcess): Runtime {
  return {
    transport: createTransport(answer),
    now: Date.now,
    random: Math.random,
    async sleep(delayMs, interrupting) {
      const { signal, release } = linkSignals(interrupting === undefined ? [] : [interrupting], delayMs);
      if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
      release();
    },
  };
}

function createTransport(answer: AnswerInProcess): Transport {
  return async ({ method, path, query, headers, body, timeoutMs = longestMs, signal: aborting }) => {
    const { signal, release } = linkSignals(
      aborting === undefined ? [] : [aborting],
      Math.min(timeoutMs, longestMs),
    );
    const url = `http://in-process${path}?${new URLSearchParams(query).toString()}`;
    try {
      const request = new Request(url, { method, headers, signal, ...(body !== undefined && { body }) });
      const response = await answer(request);
      const text = await response.text();
      return { status: response.status, header: (name) => response.headers.get(name), body: text };
    } catch (cause) {
      const code = aborting?.aborted ? "aborted" : signal.aborted ? "timeout" : "network_error";
      throw new MemlaneError({ code, message: `${method} ${path}: no answer`, cause });
    } finally {
      release();
    }
  };
}
