import { viewJob } from "@memlane/core/internal";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "wouter";
import { jobFilterOf, printFilter, readFilter, type AddressFilter } from "../../jobs/filter-of-address.ts";
import { jobStates, unfinishedStates } from "../../jobs/job-states.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Screen } from "../../parts/screen.tsx";
import { ReadError } from "../../parts/read-error.tsx";
import { refreshMs } from "../../queries.ts";
import { useScope, useSession } from "../../session/session.tsx";
import { ChangeJobs } from "./change-jobs.tsx";
import { Filters } from "./filters.tsx";
import { JobTable } from "./job-table.tsx";

const jobsPerPage = 50;

/** The jobs that match a filter, newest first. The filter and the page are in the address. */
export function Jobs() {
  const { client } = useSession();
  const [address, setAddress] = useSearchParams();
  const [isLive, setLive] = useState(true);
  const filter = readFilter(address);
  const cursor = address.get("cursor") ?? undefined;
  const query = printFilter(filter);
  const reading = useQuery({
    queryKey: ["jobs", query, cursor],
    queryFn: ({ signal }) => {
      const page = { limit: jobsPerPage, ...(cursor && { cursor }) };
      return client.jobs.listPage({ ...jobFilterOf(filter, Date.now()), ...page }, { signal });
    },
    refetchInterval: isLive && refreshMs.live,
    placeholderData: keepPreviousData,
  });
  const { data, isPlaceholderData } = reading;
  const change = (changed: Partial<AddressFilter>) => setAddress(printFilter({ ...filter, ...changed }));
  const isEmpty = data === undefined || (data.data.length === 0 && cursor === undefined);
  const mayWrite = useScope("memories:write");
  const older =
    data?.next_cursor && new URLSearchParams([...new URLSearchParams(query), ["cursor", data.next_cursor]]);

  return (
    <Screen
      title="Jobs"
      actions={
        <>
          <button type="button" className="live" aria-pressed={isLive} onClick={() => setLive(!isLive)}>
            Live
          </button>
          {mayWrite && <ChangeJobs action="retry" filter={filter} isEmpty={isEmpty} />}
          {mayWrite && <ChangeJobs action="cancel" filter={filter} isEmpty={isEmpty} />}
        </>
      }
    >
      <Filters filter={filter} change={change} />
      <ReadError reading={reading} />
      {data !== undefined && (
        <section className="panel" aria-label="Jobs" aria-busy={isPlaceholderData}>
          {data.data.length === 0 ? <NoJobs filter={filter} /> : <JobTable jobs={data.data.map(viewJob)} />}
          {(cursor !== undefined || older) && (
            <nav className="pages" aria-label="Pages">
              {cursor !== undefined && <Link href={`/jobs?${query}`}>Newest</Link>}
              {older && <Link href={`/jobs?${older.toString()}`}>Older</Link>}
            </nav>
          )}
        </section>
      )}
    </Screen>
  );
}

function NoJobs({ filter }: { readonly filter: AddressFilter }) {
  const isUsual = printFilter(filter) === "";
  return (
    <EmptyState title={isUsual ? "All jobs have ended." : "No job matches these filters."}>
      <p>
        {isUsual ? (
          <>
            See the <Link href={`/jobs?${printFilter({ states: ["failed"] })}`}>failed</Link> or the{" "}
            <Link href={`/jobs?${printFilter({ states: ["succeeded"] })}`}>succeeded</Link> ones.
          </>
        ) : (
          <Link href={`/jobs?${printFilter({ states: unfinishedStates })}`}>Show all unfinished jobs</Link>
        )}
      </p>
      {filter.states.includes("failed") && filter.items === undefined && (
        <p>
          A batch can succeed with failed items: see{" "}
          <Link href={`/jobs?${printFilter({ states: jobStates, items: "failed" })}`}>
            those with failed items
          </Link>
          .
        </p>
      )}
    </EmptyState>
  );
}
