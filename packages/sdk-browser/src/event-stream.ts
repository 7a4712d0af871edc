/** One server-sent event of a job. */
export interface JobEvent {
  readonly id: string;
  readonly data: string;
}

/**
 * Reads server-sent events from a body (https://html.spec.whatwg.org/multipage/server-sent-events.html): each
 * event `job`, and undefined for anything else that shows that the server is alive.
 */
export async function* readEventStream(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<JobEvent | undefined, void, undefined> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    // A line ends with \n, \r or \r\n; the second half of the last may not have arrived yet.
    const blocks = (rest + value).replace(/\r\n|\r(?!$)/g, "\n").split("\n\n");
    rest = blocks.pop()!;
    yield undefined;
    for (const block of blocks) {
      if (fieldOf(block, "event") === "job") yield { id: fieldOf(block, "id"), data: fieldOf(block, "data") };
    }
  }
}

/** The joined values of all lines of one field. */
function fieldOf(block: string, name: string): string {
  return block
    .split("\n")
    .filter((line) => line.startsWith(`${name}:`))
    .map((line) => line.slice(name.length + 1).replace(/^ /, ""))
    .join("\n");
}
