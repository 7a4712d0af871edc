import * as fc from "fast-check";
import { expect, it } from "vitest";
import { readEventStream } from "./event-stream.ts";

const lineArbitrary = fc.string({ maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, " "));
const eventArbitrary = fc.record({
  id: lineArbitrary,
  data: fc.array(lineArbitrary, { minLength: 1, maxLength: 3 }),
});

function bodyOf(chunks: readonly Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

const eventsOf = async (chunks: readonly Uint8Array<ArrayBuffer>[]) =>
  (await Array.fromAsync(readEventStream(bodyOf(chunks)))).filter((event) => event !== undefined);

it("reads the same events, however they are split into chunks and with any line ends", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(eventArbitrary),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.array(fc.nat({ max: 40 })),
      async (events, newline, sizes) => {
        const lines = events.flatMap(({ id, data }) => [
          ": still here",
          "",
          "event: job",
          ...data.map((line) => `data: ${line}`),
          `id: ${id}`,
          "",
        ]);
        const bytes = new TextEncoder().encode([...lines, ""].join(newline));
        let at = 0;
        const chunks = [...sizes, bytes.length].map((size) => bytes.slice(at, (at += size)));
        // A single \r at the end may be the first half of a line end, so the last event then waits
        // for the next byte.
        const whole = newline === "\r" ? [...chunks, new TextEncoder().encode(":")] : chunks;
        expect(await eventsOf(whole)).toEqual(events.map(({ id, data }) => ({ id, data: data.join("\n") })));
      },
    ),
  );
});

it("skips unknown events", async () => {
  const text = "event: news\ndata: 1\n\ndata: 2\n\nevent: job\ndata: 3\nid: a\n\n";
  expect(await eventsOf([new TextEncoder().encode(text)])).toEqual([{ id: "a", data: "3" }]);
});
