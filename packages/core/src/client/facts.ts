import {
  factPageWire,
  forgottenFactWire,
  writtenFactWire,
  type FactPageWire,
  type FactWire,
  type ForgottenFactWire,
  type WrittenFactWire,
} from "../batch/fact.ts";
import type { FactListQuery, FactPatch, FactRequest } from "../batch/fact-requests.ts";
import { readBody, type Caller, type CallOptions } from "./call.ts";
import { promiseCall, type CallPromise } from "./call-promise.ts";

/** Facts: who does what to what, and when that was true. */
export interface Facts {
  /** Every matching fact, newest first; reads the next page when it is needed. */
  list(query?: FactListQuery, options?: CallOptions): AsyncGenerator<FactWire, void, undefined>;
  /** One page. `total` counts the facts of all pages. */
  listPage(query?: FactListQuery, options?: CallOptions): CallPromise<FactPageWire>;
  /**
   * Adds a fact. `invalidated` names the facts that it contradicts, which are no longer true. If the fact is known, it is
   * confirmed instead.
   */
  add(fact: FactRequest, options?: CallOptions): CallPromise<WrittenFactWire>;
  /**
   * Corrects a fact: a new fact replaces it. A fact that is already correct is confirmed.
   * @throws MemlaneError `not_found`, or `fact_not_current` if it is no longer true; `currentFactId` then names its successor
   */
  correct(id: string, patch: FactPatch, options?: CallOptions): CallPromise<WrittenFactWire>;
  /**
   * Says that a fact stopped being true, at a time or now. It is kept as history.
   * @throws MemlaneError `not_found`
   */
  forget(id: string, options?: CallOptions & { readonly at?: string }): CallPromise<ForgottenFactWire>;
}

const path = "/v1/facts";

/** Fact calls for this client's credentials. */
export function createFacts(call: Caller): Facts {
  const listPage: Facts["listPage"] = (query = {}, options = {}) =>
    promiseCall(call({ method: "GET", path, query: { ...query }, ...options }), (response) =>
      readBody(factPageWire, response),
    );
  return {
    async *list(query = {}, options = {}) {
      for (let offset = query.offset ?? 0; ;) {
        const { facts, total } = await listPage({ ...query, offset }, options);
        yield* facts;
        offset += facts.length;
        if (facts.length === 0 || offset >= total) return;
      }
    },
    listPage,
    add: (fact, options = {}) =>
      promiseCall(call({ method: "POST", path, body: fact, ...options }), (response) =>
        readBody(writtenFactWire, response),
      ),
    correct: (id, patch, options = {}) =>
      promiseCall(call({ method: "PATCH", path, id, body: patch, ...options }), (response) =>
        readBody(writtenFactWire, response),
      ),
    forget: (id, { at, ...options } = {}) =>
      promiseCall(
        call({
          method: "POST",
          path,
          id,
          action: "forget",
          body: at === undefined ? {} : { at },
          ...options,
        }),
        (response) => readBody(forgottenFactWire, response),
      ),
  };
}
