import { checkAlone, type Site } from "../check.ts";
import { expectAnswer, expectStatus, expectThat, expectValue } from "../expect.ts";
import { parseJson } from "../../json.ts";
import { filledText, listOf, matching, timestamp } from "../pattern.ts";
import { need, remember } from "../prepare.ts";
import { ingestError, memoryPage, uuid, webhook } from "./documents.ts";

const url = "https://example.com/hook";
const whole = matching(/^whsec_[^•]{8,}$/, "a whole secret");
const masked = matching(/^whsec_••••.{4}$/, "whsec_•••• and the last 4 characters");

const put = ({ ingest }: Site, body: object, query = "") => ingest(`PUT /v1/webhooks${query}`, body);
const remove = ({ ingest }: Site) => ingest("DELETE /v1/webhooks");

/** Lets the server deliver to the receiver, and returns the secret. */
async function receive(site: Site) {
  const receiver = need(site.target.webhookReceiver, "a receiver of webhooks that the server can reach");
  await remove(site);
  const { secret } = expectAnswer(await put(site, { url: receiver.url }), 200, { ...webhook, secret: whole });
  const next = (jobId: string) =>
    site.until("a webhook of the job", async () =>
      receiver.received().find(({ body }) => body.includes(jobId)),
    );
  return { receiver, secret, next };
}

export const webhookChecks = [
  checkAlone("ingest.webhooks.none", "Without a webhook, GET is 404 `webhook_not_found`.", async (site) => {
    await remove(site);
    expectAnswer(await site.ingest("GET /v1/webhooks"), 404, ingestError("webhook_not_found"));
  }),
  checkAlone(
    "ingest.webhooks.created",
    "The first PUT answers the webhook with the whole secret, enabled, for all events.",
    async (site) => {
      await remove(site);
      const { events } = expectAnswer(await put(site, { url }), 200, {
        ...webhook,
        url,
        enabled: true,
        secret: whole,
      });
      expectThat(events.length === 2, "both events", events);
      await remove(site);
    },
  ),
  checkAlone(
    "ingest.webhooks.masked",
    "GET, and a PUT that replaces, answer the secret masked with its last 4 characters.",
    async (site) => {
      await remove(site);
      const { secret } = expectAnswer(await put(site, { url }), 200, webhook);
      const read = expectAnswer(await site.ingest("GET /v1/webhooks"), 200, { ...webhook, secret: masked });
      expectThat(
        read.secret.endsWith(secret.slice(-4)),
        `the last 4 characters ${secret.slice(-4)}`,
        read.secret,
      );
      expectAnswer(await put(site, { url: `${url}/2` }), 200, {
        ...webhook,
        url: `${url}/2`,
        secret: masked,
      });
      await remove(site);
    },
  ),
  checkAlone(
    "ingest.webhooks.rotate",
    "`rotate_secret=true` makes a new secret and shows it whole.",
    async (site) => {
      await remove(site);
      const first = expectAnswer(await put(site, { url }), 200, webhook);
      const second = expectAnswer(await put(site, { url }, "?rotate_secret=true"), 200, {
        ...webhook,
        secret: whole,
      });
      expectThat(first.secret !== second.secret, "a new secret", second.secret);
      await remove(site);
    },
  ),
  checkAlone(
    "ingest.webhooks.url",
    "A `url` that is malformed, not https or not public is 422 `invalid_webhook_url`.",
    async (site) => {
      await remove(site);
      for (const wrong of ["not a url", "ftp://example.com/hook"]) {
        expectAnswer(await put(site, { url: wrong }), 422, ingestError("invalid_webhook_url"));
      }
      // A server for tests may deliver to private addresses.
      if (site.target.webhookReceiver !== undefined) return;
      for (const wrong of ["http://example.com/hook", "https://127.0.0.1/hook", "https://localhost/hook"]) {
        expectAnswer(await put(site, { url: wrong }), 422, ingestError("invalid_webhook_url"));
      }
    },
  ),
  checkAlone(
    "ingest.webhooks.events",
    "`events` chooses the events; null or absent means all; an empty list or an unknown event is 422.",
    async (site) => {
      await remove(site);
      const one = ["memory.learning.failed"] as const;
      expectAnswer(await put(site, { url, events: one }), 200, { ...webhook, events: one });
      expectThat(
        expectAnswer(await put(site, { url, events: null }), 200, webhook).events.length === 2,
        "both events",
      );
      for (const events of [[], ["memory.deleted"]]) {
        expectAnswer(await put(site, { url, events }), 422, ingestError("invalid_request"));
      }
      await remove(site);
    },
  ),
  checkAlone("ingest.webhooks.delete", "DELETE is 204, also without a webhook.", async (site) => {
    await put(site, { url });
    for (let time = 0; time < 2; time += 1) expectStatus(await remove(site), 204);
  }),
  checkAlone(
    "ingest.webhooks.completed",
    "The end of a job is delivered: event, ids, memories, count and time.",
    async (site) => {
      const { next } = await receive(site);
      const job = await remember(site, ["I live in Oslo."]);
      const { body, headers } = await next(job.id);
      const delivery = {
        event: "memory.learning.completed",
        job_id: job.id,
        conv_id: site.conversation,
        user_id: site.user,
        memories: listOf({ id: uuid, type: filledText }),
        timestamp,
      } as const;
      const { memories, ...others } = expectValue("webhook", parseJson(body), delivery);
      expectThat("memories_updated" in others, "memories_updated", others);
      expectThat(memories.length > 0, "the memories", memories);
      expectThat(
        headers["x-webhook-event"] === "memory.learning.completed",
        "the event in X-Webhook-Event",
        headers,
      );
      await remove(site);
    },
  ),
  checkAlone(
    "ingest.webhooks.signature",
    "`X-Webhook-Signature` is the HMAC-SHA256 of the raw body, with the whole secret as its key.",
    async (site) => {
      const { next, secret } = await receive(site);
      const { headers, body } = await next((await remember(site, ["I live in Oslo."])).id);
      const expected = `sha256=${site.runtime.hmacSha256Hex(secret, body)}`;
      expectThat(headers["x-webhook-signature"] === expected, expected, headers["x-webhook-signature"]);
      await remove(site);
    },
  ),
  checkAlone(
    "ingest.webhooks.nothing",
    "A job that found nothing is delivered too, with `memories: []`.",
    async (site) => {
      const { next } = await receive(site);
      const job = await remember(site, ["Hi!"]);
      const data = expectAnswer(
        await site.ingest(`GET /v1/memories?user_id=${site.user}&type=fact`),
        200,
        memoryPage,
      ).data;
      expectThat(data.length === 0, "no fact", data);
      expectValue("webhook", parseJson((await next(job.id)).body), {
        event: "memory.learning.completed",
        memories: listOf({ id: uuid }),
      });
      await remove(site);
    },
  ),
  checkAlone(
    "ingest.webhooks.disabled",
    "`enabled: false` keeps the webhook and stops deliveries.",
    async (site) => {
      const { receiver, next } = await receive(site);
      expectAnswer(await put(site, { url: receiver.url, enabled: false }), 200, {
        ...webhook,
        enabled: false,
      });
      const silent = await remember(site, ["I live in Oslo."]);
      expectAnswer(await put(site, { url: receiver.url, enabled: true }), 200, { ...webhook, enabled: true });
      await next((await remember(site, ["I like chess."])).id);
      expectThat(
        !receiver.received().some(({ body }) => body.includes(silent.id)),
        "no webhook while disabled",
      );
      await remove(site);
    },
  ),
];
