import { deliveryPageWire, deliveryWire, type DeliveryWire } from "../webhook/delivery.ts";
import type { DeliveryListQuery } from "../webhook/delivery-list-query.ts";
import {
  mainWebhookWire,
  webhookListWire,
  webhookWire,
  type MainWebhookWire,
  type WebhookWire,
} from "../webhook/webhook.ts";
import type { WebhookPatch, WebhookRequest } from "../webhook/webhook-requests.ts";
import { readBody, type Caller, type CallOptions } from "./call.ts";
import { promiseBody, promiseCall, type CallPromise } from "./call-promise.ts";
import { itemsOfPages } from "./pages.ts";

/** The URLs to which the server posts events. */
export interface Webhooks {
  /**
   * Creates a webhook, for the events about jobs unless it names others. Only this answer has its whole secret.
   * @throws MemlaneError `invalid_webhook_url`, `conflict`
   */
  create(webhook: WebhookRequest, options?: CallOptions): CallPromise<WebhookWire>;
  /** All webhooks, oldest first. */
  list(options?: CallOptions): CallPromise<readonly WebhookWire[]>;
  /** One webhook. @throws MemlaneError `webhook_not_found` */
  get(id: string, options?: CallOptions): CallPromise<WebhookWire>;
  /** Changes a webhook. With `rotateSecret`, the answer has a new secret. @throws MemlaneError `webhook_not_found` */
  update(
    id: string,
    changes: WebhookPatch,
    options?: CallOptions & { readonly rotateSecret?: boolean | undefined },
  ): CallPromise<WebhookWire>;
  /** Deletes a webhook. Its pending deliveries are given up. @throws MemlaneError `webhook_not_found` */
  delete(id: string, options?: CallOptions): CallPromise<void>;
  /** Sends a test event to a webhook. @throws MemlaneError `webhook_not_found` */
  test(id: string, options?: CallOptions): CallPromise<DeliveryWire>;
  /** The deliveries of the last week, newest first. */
  deliveries(query?: DeliveryListQuery, options?: CallOptions): AsyncGenerator<DeliveryWire, void, undefined>;
  /** Repeats a delivery. @throws MemlaneError `not_found` */
  replay(deliveryId: string, options?: CallOptions): CallPromise<DeliveryWire>;
  /**
   * Creates or replaces the organisation's main webhook, the only one that is addressed without an id. Without `events` it gets
   * those of conversations. The answer has the whole secret if the webhook is new, or with `rotateSecret`.
   * @throws MemlaneError `invalid_webhook_url`
   */
  putMain(
    webhook: WebhookRequest,
    options?: CallOptions & { readonly rotateSecret?: boolean | undefined },
  ): CallPromise<MainWebhookWire>;
  /** The main webhook. @throws MemlaneError `webhook_not_found` if there is none */
  getMain(options?: CallOptions): CallPromise<MainWebhookWire>;
  /** Deletes the main webhook, if there is one. Its pending deliveries are given up. */
  deleteMain(options?: CallOptions): CallPromise<void>;
}

const path = "/v1/webhooks";
const deliveriesPath = `${path}/deliveries`;

/** Webhook calls for this client's credentials. */
export function createWebhooks(call: Caller): Webhooks {
  return {
    create: (webhook, options = {}) =>
      promiseBody(call({ method: "POST", path, body: webhook, ...options }), webhookWire),
    list: (options = {}) =>
      promiseCall(
        call({ method: "GET", path: `${path}/all`, ...options }),
        (response) => readBody(webhookListWire, response).data,
      ),
    get: (id, options = {}) => promiseBody(call({ method: "GET", path, id, ...options }), webhookWire),
    update: (id, changes, { rotateSecret, ...options } = {}) =>
      promiseBody(
        call({
          method: "PATCH",
          path,
          id,
          query: { rotate_secret: rotateSecret },
          body: changes,
          ...options,
        }),
        webhookWire,
      ),
    delete: (id, options = {}) => promiseCall(call({ method: "DELETE", path, id, ...options }), () => {}),
    test: (id, options = {}) =>
      promiseBody(call({ method: "POST", path, id, action: "test", ...options }), deliveryWire),
    deliveries: (query = {}, options = {}) =>
      itemsOfPages(
        async (each) =>
          readBody(
            deliveryPageWire,
            await call({ method: "GET", path: deliveriesPath, query: { ...each }, ...options }),
          ),
        query,
      ),
    replay: (deliveryId, options = {}) =>
      promiseBody(
        call({ method: "POST", path: deliveriesPath, id: deliveryId, action: "replay", ...options }),
        deliveryWire,
      ),
    putMain: (webhook, { rotateSecret, ...options } = {}) =>
      promiseBody(
        call({ method: "PUT", path, query: { rotate_secret: rotateSecret }, body: webhook, ...options }),
        mainWebhookWire,
      ),
    getMain: (options = {}) => promiseBody(call({ method: "GET", path, ...options }), mainWebhookWire),
    deleteMain: (options = {}) => promiseCall(call({ method: "DELETE", path, ...options }), () => {}),
  };
}
