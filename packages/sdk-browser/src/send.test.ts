import { describe, expect, it, vi } from "vitest";
import { createSend, textOf } from "./send.ts";

const [old, fresh] = ["b2xk.b2xk.b2xk", "bmV3.bmV3.bmV3"];
const { signal: never } = new AbortController();
const refusal = (code: string) => () => Response.json({ code, message: code }, { status: 401 });

/** Sends to a server that answers each token in its own way. */
function play(
  answers: Record<string, () => Response>,
  refreshToken?: () => Promise<string>,
  baseUrl = "https://memory.test/api/",
) {
  const sent: string[] = [];
  const fetch = vi.fn(async (request: Request) => {
    const token = request.headers.get("authorization")!.replace("Bearer ", "");
    sent.push(token);
    return answers[token]!();
  });
  const send = createSend({ baseUrl, token: old, refreshToken, fetch });
  return { sent, fetch, send: () => send("/v1/batch/job_1", { accept: "a/b" }, never) };
}

describe("createSend", () => {
  it("sends the token, no cookie, and asks no cache", async () => {
    const { send, fetch } = play({ [old]: () => new Response("x") });
    expect(await (await send()).text()).toBe("x");
    const [request] = fetch.mock.calls[0]!;
    expect(request).toMatchObject({
      url: "https://memory.test/api/v1/batch/job_1",
      method: "GET",
      credentials: "omit",
      cache: "no-store",
    });
    expect(request.headers.get("accept")).toBe("a/b");
  });

  it.each([
    ["https://memory.test/v1", "https://memory.test"],
    ["https://memory.test/memlane/v1/", "https://memory.test/memlane"],
    ["https://memory.test/v10", "https://memory.test/v10"],
  ])("takes the base URL %s as %s, because the paths begin with /v1", async (baseUrl, expected) => {
    const { send, fetch } = play({ [old]: () => new Response() }, undefined, baseUrl);
    await send();
    expect(fetch.mock.calls[0]![0].url).toBe(`${expected}/v1/batch/job_1`);
  });

  it("gets a new token if the server reports that the last one has expired, and keeps it", async () => {
    const refreshToken = vi.fn(async () => fresh);
    const { send, sent } = play(
      { [old]: refusal("token_expired"), [fresh]: () => new Response() },
      refreshToken,
    );
    await send();
    await send();
    expect(sent).toEqual([old, fresh, fresh]);
    expect(refreshToken).toHaveBeenCalledTimes(1);
  });

  it("gets a new token once, and repeats the request with it", async () => {
    const expired = refusal("token_expired");
    const { send, sent } = play({ [old]: expired, [fresh]: expired }, async () => fresh);
    await expect(send()).rejects.toMatchObject({ code: "token_expired", status: 401, retryable: false });
    expect(sent).toEqual([old, fresh]);
  });

  it("gets no new token if the last one was invalid, or without refreshToken", async () => {
    const refreshToken = vi.fn(async () => fresh);
    await expect(play({ [old]: refusal("invalid_key") }, refreshToken).send()).rejects.toMatchObject({
      code: "unauthenticated",
    });
    expect(refreshToken).not.toHaveBeenCalled();
    await expect(play({ [old]: refusal("token_expired") }).send()).rejects.toMatchObject({
      code: "token_expired",
    });
  });

  it("treats a page's backend that does not answer like a server that does not answer", async () => {
    const cause = new Error("502");
    const { send } = play({ [old]: refusal("token_expired") }, () => Promise.reject(cause));
    await expect(send()).rejects.toMatchObject({ code: "network_error", retryable: true, cause });
  });

  it("does not call a server out of reach whose answer broke off", async () => {
    const body = new ReadableStream({ start: (controller) => controller.error(new Error("reset")) });
    const { send } = play({ [old]: () => new Response(body) });
    await expect(send().then(textOf)).rejects.toMatchObject({
      code: "network_error",
      retryable: true,
      message: "the answer broke off",
    });
  });

  it("refuses an API key from the page's backend, with the reason", async () => {
    const { send, sent } = play({ [old]: refusal("token_expired") }, async () => "mlk_secret");
    await expect(send()).rejects.toMatchObject({
      code: "unauthenticated",
      retryable: false,
      message: expect.stringMatching(/API key/),
    });
    expect(sent).toEqual([old]);
  });
});
