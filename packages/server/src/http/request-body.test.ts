import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createBodyBudget } from "./body-budget.ts";
import { createRequestBody, type BodyLimits } from "./request-body.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
let limits: BodyLimits;
beforeEach(() => {
  limits = {
    maximumBytes: 300_000,
    budget: createBodyBudget({
      orgBytes: 400_000,
      totalBytes: 760_000,
      reservedBytes: 160_000,
      orgBodies: 3,
      totalBodies: 5,
    }),
    stallMs: 50,
  };
});

const never = new Promise<void>(() => {});

/** A body that arrives in these pieces, and ends after `end`. `read` counts the pieces that were read. */
function arrive(
  pieces: Iterable<Uint8Array>,
  { end = Promise.resolve(), declared = undefined as number | undefined } = {},
) {
  const read = { pieces: 0 };
  const iterator = pieces[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const { done, value } = iterator.next();
        if (done) return end.then(() => controller.close());
        read.pieces += 1;
        return controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
  const headers = declared === undefined ? {} : { "content-length": String(declared) };
  const request = new Request("http://x/", { method: "POST", body, headers, duplex: "half" });
  return { read, body: createRequestBody(request, limits) };
}

function* endless(piece: Uint8Array): Generator<Uint8Array> {
  for (;;) yield piece;
}

describe("a body", () => {
  test("is the same however it is split, with or without a declared length", async () => {
    const value = { text: "日本語 😀 é", list: [1, null, { a: "b" }] };
    const whole = bytes(JSON.stringify(value));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(whole.length)), fc.boolean(), async (cuts, isDeclared) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
        const pieces = at.slice(1).map((end, index) => whole.subarray(at[index], end));
        const { body } = arrive(
          pieces.filter((piece) => piece.length > 0),
          { declared: isDeclared ? whole.length : undefined },
        );
        expect(await body.readJson("key")).toEqual(value);
        body.close();
      }),
    );
  });

  test("is read once, even if it is requested several times", async () => {
    const { body } = arrive([bytes("[1]")]);
    expect(await body.readJson("key")).toBe(await body.readJson("key"));
  });

  test.each([
    ["with a declared length that is too large is not read at all", { declared: 300_001 }, 0],
    ["that exceeds the limit is not read further", {}, 31],
  ])("%s", async (_, options, pieces) => {
    const { body, read } = arrive(endless(bytes(" ".repeat(10_000))), options);
    await expect(body.readJson("key")).rejects.toMatchObject({ code: "body_too_large" });
    expect(read.pieces).toBe(pieces);
  });

  test.each([
    ["at once", []],
    ["half way", [bytes("[1,")]],
    ["late", Array.from({ length: 20 }, () => bytes(" ".repeat(10_000)))],
  ])("that stops arriving %s is refused", async (_, pieces) => {
    for (const declared of [undefined, 4, 250_000]) {
      const { body } = arrive(pieces, { end: never, declared });
      await expect(body.readJson("key")).rejects.toMatchObject({ message: /stopped arriving/ });
      body.close();
    }
  });

  test("that is not UTF-8 is refused, also if a piece ends in the middle of a character", async () => {
    const { body } = arrive([bytes('["'), new Uint8Array([0xe2, 0x82])]);
    await expect(body.readJson("key")).rejects.toMatchObject({ message: /not UTF-8/ });
  });
});

test("for an unknown key only the start of the body is read, and only for a moment", async () => {
  const long = arrive(endless(bytes('{"messages": [ ')));
  expect(await long.body.readPrefix()).toMatch(/^\{"messages": /);
  expect(long.read.pieces).toBeLessThan(2000);
  expect(await arrive([bytes("[1")], { end: never }).body.readPrefix()).toBe("[1");
  expect(await arrive([bytes("[1]")]).body.readPrefix()).toBe("[1]");
});

test("only so many large bodies of an organisation, and of all, arrive at the same time; the others wait", async () => {
  limits = { ...limits, stallMs: 60_000 };
  let finish!: () => void;
  const end = new Promise<void>((resolve) => (finish = resolve));
  const sent = ["a", "a", "a", "a", "b", "b", "c"].map((orgId) => {
    const { body, read } = arrive([bytes("[]")], { end });
    return { answer: body.readJson(orgId), read };
  });
  const pieces = () => sent.map(({ read }) => read.pieces);
  await vi.waitFor(() => expect(pieces()).toEqual([1, 1, 1, 0, 1, 0, 1]), 10_000);
  finish();
  await Promise.all(sent.map(({ answer }) => answer));
  expect(pieces()).toEqual([1, 1, 1, 1, 1, 1, 1]);
});

test("only so many large bodies of an organisation wait", async () => {
  const sent = Array.from({ length: 34 }, () => arrive([], { end: never }).body.readJson("a"));
  const codes = await Promise.all(
    sent.map((answer) => answer.catch((error: { code: string }) => error.code)),
  );
  expect(codes.filter((code) => code === "rate_limit_exceeded")).toHaveLength(1);
});

describe("the total size of bodies in progress is limited", () => {
  const open = async (orgId: string, size: number) => {
    const { body } = arrive([bytes(JSON.stringify("x".repeat(size - 2)))]);
    await body.readJson(orgId);
    return body;
  };

  test("per organisation, which does not affect other organisations, and in total", async () => {
    const first = await open("a", 250_000);
    await expect(open("a", 250_000)).rejects.toMatchObject({
      code: "rate_limit_exceeded",
      retryAfterMs: 1000,
    });
    await open("b", 250_000);
    await expect(open("c", 250_000)).rejects.toMatchObject({ code: "unavailable", retryAfterMs: 1000 });
    first.close();
    first.close(); // closing twice counts once
    await open("c", 250_000);
    await expect(open("d", 250_000)).rejects.toMatchObject({ code: "unavailable" });
  });

  test("with reserved room for small bodies, of which each organisation has a share", async () => {
    for (const orgId of ["a", "b"]) await open(orgId, 299_900);
    await expect(open("c", 10_001)).rejects.toMatchObject({ code: "unavailable" });
    await expect(open("a", 100)).resolves.toBeDefined(); // it still fits
    for (let count = 0; count < 5; count += 1) await open("c", 2000);
    await expect(open("c", 2000)).rejects.toMatchObject({ code: "unavailable" });
    for (const orgId of "defghijklmnopq".split("")) await open(orgId, 9000);
  });

  test("without counting refused bodies", async () => {
    for (let time = 0; time < 10; time += 1) {
      const { body } = arrive(endless(bytes(" ".repeat(10_000))));
      await expect(body.readJson("a")).rejects.toMatchObject({ code: "body_too_large" });
      body.close();
    }
    await open("a", 299_000);
  });

  test.each([undefined, 200_000])(
    "a body that does not fit is read to its end and dropped",
    async (declared) => {
      const first = await open("a", 250_000);
      const pieces = Array.from({ length: 20 }, () => bytes(" ".repeat(10_000)));
      const { body, read } = arrive(pieces, { declared });
      await expect(body.readJson("a")).rejects.toMatchObject({ code: "rate_limit_exceeded" });
      expect(read.pieces).toBe(20);
      first.close();
      await open("a", 299_000); // although the refused body is not closed yet
    },
  );
});
