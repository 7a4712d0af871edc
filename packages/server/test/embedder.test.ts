// The embedder against a real endpoint with the limits and faults of real ones.
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { createEmbedder } from "../src/embedding/embedder.ts";
import { startReceiver, type Receiver } from "./receiver.ts";

let listening: Receiver | undefined;
afterEach(() => listening?.close());

type Reply = { readonly status: number; readonly body: unknown };

/** A vector from which a test can read the length of its text. */
const embeddingOf = (text: string) => [text.length, 1, 0];
const embeddings = (input: readonly string[]) =>
  input.map((text, index) => ({ index, embedding: embeddingOf(text) }));
const good = (input: readonly string[]): Reply => ({ status: 200, body: { data: embeddings(input) } });
const refusal = (message: string, status = 400): Reply => ({ status, body: { error: { message } } });

async function start(reply: (input: readonly string[]) => Reply) {
  const inputs: (readonly string[])[] = [];
  const receiver = (listening = await startReceiver((response, count) => {
    const { input } = JSON.parse(receiver.received[count - 1]!.body) as { input: string[] };
    inputs.push(input);
    const { status, body } = reply(input);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  }));
  const endpoint = { baseUrl: `${receiver.url}/v1`, model: "small", apiKey: undefined, timeoutMs: 5000 };
  const embedder = createEmbedder(endpoint, async () => {});
  const embed = async (texts: readonly string[]) =>
    (await embedder.embed(texts, { signal: new AbortController().signal, tries: 3 })).map(
      // The longest component of a vector is 127.
      (vector) => vector && Math.round(127 / vector[1]!),
    );
  return { embed, inputs };
}

const textsOf = (lengths: readonly number[]) => lengths.map((length) => "x".repeat(length));
const lengthsOf = (texts: readonly string[]) => texts.map(({ length }) => length);

describe("vectors are matched by", () => {
  test("their index, in whatever order they come", async () => {
    const { embed } = await start((input) => ({
      status: 200,
      body: { data: embeddings(input).toReversed() },
    }));
    expect(await embed(textsOf([1, 2, 3]))).toEqual([1, 2, 3]);
  });

  test("their order, if they have no index", async () => {
    const { embed } = await start((input) => ({
      status: 200,
      body: { data: input.map((text) => ({ embedding: embeddingOf(text) })) },
    }));
    expect(await embed(textsOf([1, 2, 3]))).toEqual([1, 2, 3]);
  });

  test("a request for each text, if the indexes make no sense", async () => {
    const { embed, inputs } = await start((input) => ({
      status: 200,
      body: { data: embeddings(input).map((each) => ({ ...each, index: 0 })) },
    }));
    expect(await embed(textsOf([1, 2, 3]))).toEqual([1, 2, 3]);
    expect(inputs.at(-1)).toHaveLength(1);
  });
});

describe("an endpoint that takes few texts", () => {
  test.each([1, 10, 33])("at most %i, gets no more, and its limit is remembered", async (most) => {
    const { embed, inputs } = await start((input) =>
      input.length > most ? refusal(`batch size should not be larger than ${most}`) : good(input),
    );
    const texts = textsOf(Array.from({ length: 100 }, (_, index) => (index % 5) + 1));
    expect(await embed(texts)).toEqual(lengthsOf(texts));
    const first = inputs.length;
    expect(await embed(texts)).toEqual(lengthsOf(texts));
    expect(inputs.slice(first).every(({ length }) => length <= most)).toBe(true);
  });
});

describe("texts that are refused", () => {
  test("do not affect the other texts, whatever the limit", async () => {
    const size = fc.integer({ min: 1, max: 5 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ size, isBad: fc.boolean() }), { minLength: 1, maxLength: 80 }),
        fc.integer({ min: 1, max: 64 }),
        fc.constantFrom(400, 413, 422, 500),
        async (given, most, status) => {
          const { embed } = await start((input) =>
            input.length > most || input.some((text) => text.startsWith("bad"))
              ? refusal("no", status)
              : good(input),
          );
          const texts = given.map(({ size: length, isBad }) => (isBad ? "bad" : "x".repeat(length)));
          const made = await embed(texts);
          await listening?.close();
          expect(made).toEqual(given.map(({ size: length, isBad }) => (isBad ? undefined : length)));
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  test("a text that is too long is embedded by its beginning", async () => {
    const { embed, inputs } = await start((input) =>
      input.some(({ length }) => length > 600)
        ? refusal("maximum context length is 512 tokens")
        : good(input),
    );
    const [, long] = await embed(textsOf([5, 5000]));
    expect(long).toBeDefined();
    expect(inputs.at(-1)).toEqual(textsOf([500]));
  });

  test("if every text is refused, the call fails", async () => {
    const { embed, inputs } = await start(() => refusal("no such model"));
    await expect(embed(textsOf([1, 2, 3]))).rejects.toMatchObject({
      fault: "refused",
      message: "the model's endpoint refuses the request (400): no such model",
    });
    expect(inputs.length).toBeLessThan(10);
  });

  test.each([401, 403, 404, 429, 503])("are not sent in smaller groups after a %i", async (status) => {
    const { embed, inputs } = await start(() => refusal("no", status));
    await expect(embed(textsOf([1, 2, 3]))).rejects.toMatchObject({ status });
    expect(inputs.every(({ length }) => length === 3)).toBe(true);
  });
});
