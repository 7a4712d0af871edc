import type { SelectableState, StatsWire } from "@memlane/core";
import { Link } from "wouter";
import { unfinishedStates } from "../../jobs/job-states.ts";
import { printFilter } from "../../jobs/filter-of-address.ts";
import { printCount } from "../../parts/count-text.ts";
import { describeDuration } from "../../parts/describe-time.ts";

/** How many jobs are in each state; each number leads to its jobs. */
export function Counts({
  stats: { counts, window, oldest_waiting_seconds: oldest },
}: {
  readonly stats: StatsWire;
}) {
  const inWindow = `in the last ${window}`;
  const waiting = oldest === null ? "none is due" : `oldest ${describeDuration(oldest * 1000)}`;
  return (
    <ul className="counts" aria-label="Jobs">
      <Count state="queued" count={counts.queued} note={waiting} />
      <Count state="active" count={counts.active} note="running now" />
      <Count state="retrying" count={counts.retrying} note="will be tried again" />
      <Count state="overdue" states={unfinishedStates} count={counts.overdue} note="due for over a minute" />
      <Count state="failed" count={counts.failed} note={inWindow} within={window} />
      <Count state="succeeded" count={counts.succeeded} note={inWindow} within={window} />
    </ul>
  );
}

function Count({
  state,
  states = [state as SelectableState],
  count,
  note,
  within,
}: {
  readonly state: SelectableState | "overdue";
  /** The jobs that it leads to. @default those in this state */
  readonly states?: readonly SelectableState[];
  readonly count: number;
  readonly note: string;
  readonly within?: StatsWire["window"];
}) {
  return (
    <li data-state={state} data-none={count === 0 || undefined}>
      <Link href={`/jobs?${printFilter({ states, ...(within && { within }) })}`}>
        <span className="title">{state}</span>
        <strong>{printCount(count)}</strong>
        <span className="quiet">{note}</span>
      </Link>
    </li>
  );
}
