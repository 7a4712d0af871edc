import { createHmac, randomBytes } from "node:crypto";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { verifyWebhook, type VerifyWebhookOptions } from "./verify-webhook.ts";
import { WebhookVerificationError } from "./webhook-verification-error.ts";

const mintSecret = () => `whsec_${randomBytes(32).toString("base64")}`;
const secret = mintSecret();
const now = new Date("2026-11-25T10:00:00Z");
const event = {
  event: "memory.learning.completed",
  job_id: "job_01a200c81c717082b2ef6859d0acefef",
  conv_id: "c1",
  user_id: "ann",
  memories: [{ id: "01a200c8-1cd0-7054-952e-adc8493cf160", type: "fact" }],
  memories_updated: [],
  timestamp: "2026-11-25T10:00:00.000Z",
};
const body = JSON.stringify(event);

/** The headers of a delivery, signed by the Standard Webhooks library. */
const standard = (by = secret, payload = body, at = now) => ({
  "webhook-id": "whd_1",
  "webhook-timestamp": String(at.getTime() / 1000),
  "webhook-signature": new Webhook(by).sign("whd_1", at, payload),
});
/** The `X-Webhook-Signature` header, which signs only the body. */
const plain = (by = secret, payload = body) => ({
  "X-Webhook-Signature": `sha256=${createHmac("sha256", by).update(payload).digest("hex")}`,
});

/** Why a delivery is refused. */
function refusal(
  headers: Parameters<typeof verifyWebhook>[1],
  options: VerifyWebhookOptions & { payload?: string | Uint8Array; by?: string | string[] } = {},
): string {
  const { payload = body, by = secret, ...rest } = options;
  try {
    verifyWebhook(payload, headers, by, { now, ...rest });
  } catch (error) {
    if (WebhookVerificationError.is(error)) return error.reason;
    throw error;
  }
  return "none";
}

describe("a delivery signed by Standard Webhooks", () => {
  it.each([
    { event: "memory.created", data: { id: "mem_1", user_id: "ann", agent_id: null } },
    { event: "fact.invalidated", data: { fact_id: "fct_1", invalidated_by: null, at: event.timestamp } },
    { event: "quota.warning", data: { used: 80, limit: 100, percent: 80 } },
  ])("may be $event", (stored) => {
    const text = JSON.stringify(stored);
    const verified = verifyWebhook(text, standard(secret, text), secret, { now });
    expect(verified).toEqual({ ...stored, delivery_id: "whd_1" });
  });

  it("is read, with the id of the delivery", () => {
    expect(verifyWebhook(body, standard(), secret, { now })).toEqual({ ...event, delivery_id: "whd_1" });
  });

  it.each([
    ["bytes", Buffer.from(body), standard()],
    ["Headers", body, new Headers(standard())],
    [
      "headers in capitals",
      body,
      Object.fromEntries(Object.entries(standard()).map(([k, v]) => [k.toUpperCase(), v])),
    ],
  ])("may come as %s", (_, payload, headers) => {
    expect(verifyWebhook(payload, headers, secret, { now })).toMatchObject({ job_id: event.job_id });
  });

  it("is accepted only if its time is within the tolerance, past or future", () => {
    const aged = (seconds: number) => new Date(now.getTime() + seconds * 1000);
    expect(refusal(standard(), { now: aged(300) })).toBe("none");
    expect(refusal(standard(), { now: aged(301) })).toBe("too_old");
    expect(refusal(standard(), { now: aged(-300) })).toBe("none");
    expect(refusal(standard(), { now: aged(-301) })).toBe("too_new");
    expect(refusal(standard(), { now: aged(31), toleranceSeconds: 30 })).toBe("too_old");
    expect(refusal(standard(), { toleranceSeconds: Number.NaN })).toBe("too_old");
  });

  it("may have several signatures, and be verified with several secrets, while a secret is replaced", () => {
    const [old, other] = [mintSecret(), mintSecret()];
    const both = `${standard(old)["webhook-signature"]} ${standard()["webhook-signature"]}`;
    expect(refusal({ ...standard(), "webhook-signature": both })).toBe("none");
    expect(refusal({ ...standard(), "webhook-signature": `v1a,anything ${both}` })).toBe("none");
    expect(refusal({ ...standard(), "webhook-signature": both }, { by: other })).toBe("wrong_signature");
    expect(refusal(standard(), { by: [old, secret] })).toBe("none");
    expect(refusal(standard(), { by: [old, other] })).toBe("wrong_signature");
  });

  it("is refused if any byte of the body changes", () => {
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const payload = Buffer.from(body);
        payload[at]! ^= change;
        expect(refusal(standard(), { payload })).toBe("wrong_signature");
        expect(refusal(plain(), { payload })).toBe("wrong_signature");
      }),
    );
  });

  it.each([
    ["another id", { "webhook-id": "whd_2" }, "wrong_signature"],
    ["another time", { "webhook-timestamp": "1764064801" }, "wrong_signature"],
    ["an invalid time", { "webhook-timestamp": "soon" }, "malformed_headers"],
    ["no id", { "webhook-id": undefined }, "missing_headers"],
    ["no time", { "webhook-timestamp": undefined }, "missing_headers"],
    ["no signature", { "webhook-signature": undefined }, "missing_headers"],
    ["an empty signature", { "webhook-signature": "v1," }, "wrong_signature"],
    ["a signature of another version", { "webhook-signature": "v2,AAAA" }, "wrong_signature"],
    ["a repeated signature header", { "webhook-signature": ["a", "b"] }, "missing_headers"],
  ])("is refused with %s, although its X-Webhook-Signature is valid", (_, change, reason) => {
    expect(refusal({ ...standard(), ...plain(), ...change })).toBe(reason);
  });

  it("is refused if the event is unknown, because the sender may be newer", () => {
    const payload = JSON.stringify({ ...event, event: "memory.deleted" });
    expect(refusal(standard(secret, payload), { payload })).toBe("unknown_event");
    expect(refusal(standard(secret, "not JSON"), { payload: "not JSON" })).toBe("unknown_event");
  });
});

describe("a delivery with only X-Webhook-Signature", () => {
  it("is read, without a delivery id", () => {
    expect(verifyWebhook(body, plain(), secret)).toEqual({ ...event, delivery_id: null });
  });

  it("is refused if a time is required", () => {
    expect(refusal(plain(), { requireTimestamp: true })).toBe("missing_headers");
  });

  it.each([
    ["nothing", {}, "missing_headers"],
    ["another secret", plain(mintSecret()), "wrong_signature"],
    ["another algorithm", { "x-webhook-signature": "sha1=00" }, "malformed_headers"],
    [
      "a signature cut off",
      { "x-webhook-signature": plain()["X-Webhook-Signature"].slice(0, -2) },
      "malformed_headers",
    ],
  ])("is refused with %s", (_, headers, reason) => {
    expect(refusal(headers)).toBe(reason);
  });

  it("may be signed with any text as secret", () => {
    expect(refusal(plain("s3cret!"), { by: "s3cret!" })).toBe("none");
  });
});

it("reads the event of a failed job, with its error", () => {
  const error = { type: "server_error", code: "ingest_failed", message: "no model" };
  const payload = JSON.stringify({ ...event, event: "memory.learning.failed", error });
  const failed = verifyWebhook(payload, standard(secret, payload), secret, { now });
  expect(failed.event === "memory.learning.failed" && failed.error).toEqual(error);
});

it.each([
  ["a body that was parsed", event as unknown as string, secret],
  ["an empty secret", body, ""],
  ["no secret", body, []],
  ["a masked secret", body, "whsec_********abcd"],
  ["a secret of no bytes", body, "whsec_"],
])("throws a TypeError for %s", (_, payload, by) => {
  expect(() => verifyWebhook(payload, standard(), by, { now })).toThrow(TypeError);
});
