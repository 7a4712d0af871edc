import type { DeliveryWire } from "@memlane/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "wouter";
import { JobLink } from "../../jobs/job-link.tsx";
import { ActionButton } from "../../parts/action-button.tsx";
import { Choice } from "../../parts/choice.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Panel } from "../../parts/panel.tsx";
import { ReadError } from "../../parts/read-error.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { TimeText } from "../../parts/time-text.tsx";
import { refreshMs } from "../../queries.ts";
import { useScope, useSession } from "../../session/session.tsx";

const most = 100;
const statuses = { any: "All", pending: "Pending", failed: "Given up", succeeded: "Received" } as const;

const columns: readonly Column<DeliveryWire>[] = [
  {
    title: "Delivery",
    kind: "wide",
    hidesTitleOnPhone: true,
    cell: ({ event, error, response_status: status }) => (
      <>
        {event}
        <p className="quiet">{error ?? (status === null ? "" : `answered ${status}`)}</p>
      </>
    ),
  },
  { title: "Job", cell: ({ job_id: id }) => id !== null && <JobLink id={id} /> },
  { title: "State", cell: ({ status }) => <span data-delivery={status}>{status}</span> },
  { title: "Attempts", kind: "number", cell: ({ attempts }) => attempts },
  { title: "Next attempt", cell: ({ next_attempt_at: at }) => <TimeText at={at} /> },
  { title: "Created", cell: ({ created_at: at }) => <TimeText at={at} /> },
];

/** The newest deliveries. A key that may write can send an ended one again. The state to show is in the page's URL. */
export function Deliveries() {
  const { client } = useSession();
  const queries = useQueryClient();
  const mayWrite = useScope("memories:write");
  const [parameters, setParameters] = useSearchParams();
  const status = (["pending", "failed", "succeeded"] as const).find(
    (each) => each === parameters.get("status"),
  );
  const reading = useQuery({
    queryKey: ["deliveries", status],
    queryFn: async ({ signal }) => {
      const found: DeliveryWire[] = [];
      for await (const delivery of client.webhooks.deliveries(
        { limit: most, ...(status && { status }) },
        { signal },
      )) {
        found.push(delivery);
        if (found.length === most) break;
      }
      return found;
    },
    refetchInterval: ({ state }) =>
      state.data?.some(({ status: each }) => each === "pending") ? refreshMs.live : refreshMs.calm,
  });
  const { data } = reading;
  const replay: Column<DeliveryWire> = {
    title: "Again",
    hidesTitleOnPhone: true,
    cell: ({ id, status: state }) =>
      state !== "pending" && (
        <ActionButton
          text="Send again"
          act={async () => {
            await client.webhooks.replay(id);
            await queries.invalidateQueries({ queryKey: ["deliveries"] });
          }}
        />
      ),
  };
  return (
    <Panel
      title={`The newest ${most} deliveries`}
      aside={
        <Choice
          label="State"
          options={statuses}
          value={status ?? "any"}
          choose={(value) => setParameters(value === "any" ? {} : { status: value })}
        />
      }
    >
      <ReadError reading={reading} />
      {data?.length === 0 && (
        <EmptyState
          title={status === undefined ? "There are no deliveries." : "There are no such deliveries."}
        />
      )}
      {data !== undefined && data.length > 0 && (
        <Table
          caption="Deliveries"
          columns={mayWrite ? [...columns, replay] : columns}
          rows={data}
          keyOf={({ id }) => id}
        />
      )}
    </Panel>
  );
}
