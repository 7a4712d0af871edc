import type { StatsWire } from "@memlane/core";
import { Link } from "wouter";
import { printFilter, type AddressFilter } from "../../jobs/filter-of-address.ts";
import { unfinishedStates } from "../../jobs/job-states.ts";
import { printCount } from "../../parts/count-text.ts";
import { describeDuration } from "../../parts/describe-time.ts";

interface Count {
  readonly title: keyof StatsWire["counts"];
  readonly note: string;
  /** The jobs that it counts. */
  readonly filter: Partial<AddressFilter>;
}

/** How many jobs are in each state. Each number of one organisation leads to its jobs. */
export function Counts({
  stats: { counts, window, oldest_waiting_seconds: oldest },
  isAll,
}: {
  readonly stats: StatsWire;
  readonly isAll: boolean;
}) {
  const ended = `in the last ${window}`;
  const waiting = oldest === null ? "none is due" : `oldest ${describeDuration(oldest * 1000)}`;
  const shown: readonly Count[] = [
    { title: "queued", note: waiting, filter: { states: ["queued"] } },
    { title: "active", note: "running now", filter: { states: ["active"] } },
    { title: "retrying", note: "will be tried again", filter: { states: ["retrying"] } },
    { title: "overdue", note: "over a minute late", filter: { states: unfinishedStates } },
    { title: "failed", note: ended, filter: { states: ["failed"], within: window } },
    { title: "succeeded", note: ended, filter: { states: ["succeeded"], within: window } },
  ];
  return (
    <ul className="counts" aria-label="Jobs">
      {shown.map(({ title, note, filter }) => {
        const content = (
          <>
            <span className="title">{title}</span>
            <strong>{printCount(counts[title])}</strong>
            <span className="quiet">{note}</span>
          </>
        );
        return (
          <li key={title} data-state={title} data-none={counts[title] === 0 || undefined}>
            {isAll ? <div>{content}</div> : <Link href={`/jobs?${printFilter(filter)}`}>{content}</Link>}
          </li>
        );
      })}
    </ul>
  );
}
