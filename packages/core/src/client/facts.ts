import {
  factPageWire,
  factWire,
  forgottenFactWire,
  writtenFactWire,
  type FactPageWire,
  type FactWire,
  type ForgottenFactWire,
  type WrittenFactWire,
} from "../batch/fact.ts";
import type { FactListQuery, FactPatch, FactRequest } from "../batch/fact-requests.ts";
import type { Caller, CallOptions } from "./call.ts";
import { promiseBody, type CallPromise } from "./call-promise.ts";
import { itemsOfOffsets } from "./offset-pages.ts";

/** Facts: who does what to what, and when that was true. */
export interface Facts {
  /** Every matching fact, newest first; reads the next page when it is needed. */
  list(query?: FactListQuery, options?: CallOptions): AsyncGenerator<FactWire, void, undefined>;
  /** One page. `total` counts the facts of all pages. */
  listPage(query?: FactListQuery, options?: CallOptions): CallPromise<FactPageWire>;
  /**
   * Reads a fact, also one that is no longer true.
   * @throws MemlaneError `not_found`
   */
  get(id: string, options?: CallOptions): CallPromise<FactWire>;
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
    promiseBody(call({ method: "GET", path, query: { ...query }, ...options }), factPageWire);
  return {
    list: (query = {}, options = {}) =>
      itemsOfOffsets(query, async (page) => {
        const { facts, total } = await listPage(page, options);
        return { items: facts, total };
      }),
    listPage,
    get: (id, options = {}) => promiseBody(call({ method: "GET", path, id, ...options }), factWire),
    add: (fact, options = {}) =>
      promiseBody(call({ method: "POST", path, body: fact, ...options }), writtenFactWire),
    correct: (id, patch, options = {}) =>
      promiseBody(call({ method: "PATCH", path, id, body: patch, ...options }), writtenFactWire),
    forget: (id, { at, ...options } = {}) =>
      promiseBody(
        call({
          method: "POST",
          path,
          id,
          action: "forget",
          body: at === undefined ? {} : { at },
          ...options,
        }),
        forgottenFactWire,
      ),
  };
}
