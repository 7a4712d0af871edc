import { eventListWire, type EventListWire } from "../batch/events.ts";
import type { EventListQuery } from "../batch/event-list-query.ts";
import type { Caller, CallOptions } from "./call.ts";
import { promiseBody, type CallPromise } from "./call-promise.ts";

/** The memories that clients wrote, and whether their facts are mined. */
export interface Events {
  /** The newest writes. `processing` counts all memories that are still to be mined. */
  list(query?: EventListQuery, options?: CallOptions): CallPromise<EventListWire>;
}

/** Event calls for this client's credentials. */
export function createEvents(call: Caller): Events {
  return {
    list: (query = {}, options = {}) =>
      promiseBody(
        call({ method: "GET", path: "/v1/events", query: { ...query }, ...options }),
        eventListWire,
      ),
  };
}
