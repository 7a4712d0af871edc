// The filter of the list of jobs in the address, so that it can be kept, sent and gone back to.
import type { JobFilter, SelectableState } from "@memlane/core";
import { readPeriod, startOf, type Period } from "../parts/period.ts";
import { printQuery } from "../parts/print-query.ts";
import { jobStates, unfinishedStates } from "./job-states.ts";

/** The filter in the address of the screen. */
export interface AddressFilter {
  /** Empty means any state. */
  readonly states: readonly SelectableState[];
  readonly kind: "ingest" | "batch" | undefined;
  readonly userId: string | undefined;
  readonly agentId: string | undefined;
  readonly errorCode: string | undefined;
  /** Only batches with failed items. */
  readonly items: "failed" | undefined;
  readonly within: Period | undefined;
}

/** Reads the filter. Without a known state in the address, it has the unfinished ones. Unknown values are left out. */
export function readFilter(address: URLSearchParams): AddressFilter {
  const text = (name: string) => address.get(name) || undefined;
  const oneOf = <Word extends string>(words: readonly Word[], name: string) =>
    words.find((word) => word === address.get(name));
  const state = address.get("state");
  const states = jobStates.filter((known) => state?.split(",").includes(known));
  return {
    states: states.length === 0 && state !== "" ? unfinishedStates : states,
    kind: oneOf(["ingest", "batch"], "kind"),
    userId: text("user"),
    agentId: text("agent"),
    errorCode: text("code"),
    items: oneOf(["failed"], "items"),
    within: readPeriod(address),
  };
}

/** Prints a filter as the query of an address. If its states are all unfinished ones, which is the default, it names none. */
export function printFilter(filter: Partial<AddressFilter>): string {
  const { states, kind, userId, agentId, errorCode, items, within } = filter;
  const isUsual = states === undefined || states.join() === unfinishedStates.join();
  return printQuery({
    state: isUsual ? undefined : states.join(),
    kind,
    user: userId,
    agent: agentId,
    code: errorCode,
    items,
    within,
  });
}

/** The filter as the API takes it. A period ends now. */
export function jobFilterOf(filter: AddressFilter, nowMs: number): JobFilter {
  const { states, kind, userId, agentId, errorCode, items, within } = filter;
  return {
    // If no state is selected, none is sent, which means any state.
    ...(states.length > 0 && { state: states.join() }),
    ...(kind && { kind }),
    ...(userId && { user_id: userId }),
    ...(agentId && { agent_id: agentId }),
    ...(errorCode && { error_code: errorCode }),
    ...(items && { has_failed_items: true }),
    ...(within && { since: startOf(within, nowMs) }),
  };
}
