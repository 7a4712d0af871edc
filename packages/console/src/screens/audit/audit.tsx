import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams, useLocation } from "wouter";
import { actionWords } from "../../audit/actions.ts";
import {
  auditQueryOf,
  pathOfAudit,
  readAuditFilter,
  type AuditFilter,
} from "../../audit/filter-of-address.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { OffsetPages } from "../../parts/offset-pages.tsx";
import { Screen } from "../../parts/screen.tsx";
import { Panel } from "../../parts/panel.tsx";
import { periodWords } from "../../parts/period.ts";
import { ReadError } from "../../parts/read-error.tsx";
import { TextFilter } from "../../parts/text-filter.tsx";
import { WordFilter } from "../../parts/word-filter.tsx";
import { useSession } from "../../session/session.tsx";
import { AuditTable } from "./audit-table.tsx";

const pageSize = 50;

/** The audit log of the organisation. The filter and the page are in the address. */
export function Audit() {
  const { client } = useSession();
  const [, open] = useLocation();
  const [address] = useSearchParams();
  const filter = readAuditFilter(address);
  const offset = Math.max(0, Number(address.get("offset")) || 0);
  const reading = useQuery({
    queryKey: ["audit", filter, offset],
    queryFn: ({ signal }) =>
      client.audit({ ...auditQueryOf(filter, Date.now()), limit: pageSize, offset }, { signal }),
    placeholderData: keepPreviousData,
  });
  const { data } = reading;
  const change = (changed: Partial<AuditFilter>) => open(pathOfAudit({ ...filter, ...changed }));

  return (
    <Screen title="Audit log" subtitle="Who did what to which user, and when, without what was said.">
      <form className="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
        <WordFilter
          label="Action"
          any="All actions"
          words={actionWords}
          value={filter.action}
          change={(action) => change({ action })}
        />
        <WordFilter
          label="Time"
          any="Any time"
          words={periodWords}
          value={filter.within}
          change={(within) => change({ within })}
        />
        <TextFilter label="User" value={filter.userId} change={(userId) => change({ userId })} />
      </form>
      <ReadError reading={reading} />
      {data?.total === 0 && (
        <EmptyState title="No event matches these filters.">
          <p>
            The server keeps events for 90 days, or for the number of days in{" "}
            <code>MEMLANE_KEEP_AUDIT_DAYS</code>.
          </p>
        </EmptyState>
      )}
      {data !== undefined && data.total > 0 && (
        <Panel
          title="Newest first"
          aside={<OffsetPages offset={offset} pageSize={pageSize} total={data.total} />}
        >
          <AuditTable events={data.events} />
        </Panel>
      )}
    </Screen>
  );
}
