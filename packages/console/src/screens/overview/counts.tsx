import type { StatsWire } from "@memlane/core";
import { Link } from "wouter";
import { printFilter, type AddressFilter } from "../../jobs/filter-of-address.ts";
import { unfinishedStates } from "../../jobs/job-states.ts";
import { printCount } from "../../parts/count-text.ts";
import { describeDuration } from "../../parts/describe-time.ts";

interface Count {
  readonly title: keyof StatsWire["counts"];
  readonly note: string;
  /** The jobs to show. For overdue jobs these are all unfinished ones. */
  readonly filter: Partial<AddressFilter>;
}

/** How many jobs are in each state. If the page shows one organisation, each number links to its jobs. */
export function Counts({
  stats: { counts, window, oldest_waiting_seconds: oldest },
  isOfAllOrgs,
}: {
  readonly stats: StatsWire;
  readonly isOfAllOrgs: boolean;
}) {
  const inWindow = `in the last ${window}`;
  const waiting = oldest === null ? "none is due" : `oldest ${describeDuration(oldest * 1000)}`;
  const shown: readonly Count[] = [
    { title: "queued", note: waiting, filter: { states: ["queued"] } },
    { title: "active", note: "running now", filter: { states: ["active"] } },
    { title: "retrying", note: "will be tried again", filter: { states: ["retrying"] } },
    { title: "overdue", note: "over a minute late", filter: { states: unfinishedStates } },
    { title: "failed", note: inWindow, filter: { states: ["failed"], within: window } },
    { title: "succeeded", note: inWindow, filter: { states: ["succeeded"], within: window } },
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
            {isOfAllOrgs ? (
              <div>{content}</div>
            ) : (
              <Link href={`/jobs?${printFilter(filter)}`}>{content}</Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}
