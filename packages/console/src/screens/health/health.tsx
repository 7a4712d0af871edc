import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Screen } from "../../parts/screen.tsx";
import { Panel } from "../../parts/panel.tsx";
import { ReadError } from "../../parts/read-error.tsx";
import { Table } from "../../parts/table.tsx";
import { refreshMs } from "../../queries.ts";
import { useSession } from "../../session/session.tsx";
import { State } from "./state.tsx";
import { workerColumns } from "./worker-columns.tsx";

/** Whether the service can do its work: workers, database and model. */
export function Health() {
  const { client } = useSession();
  const reading = useQuery({
    queryKey: ["service"],
    queryFn: ({ signal }) => client.operations.service({ signal }),
    refetchInterval: refreshMs.calm,
  });
  const { data } = reading;
  return (
    <Screen title="Health" subtitle="All organisations">
      <ReadError reading={reading} />
      {data !== undefined && (
        <>
          <State service={data} />
          <Panel title="Workers">
            {data.workers.length === 0 ? (
              <EmptyState title="No worker runs.">
                <p>
                  Jobs wait until one starts: <code>memlane-server worker</code>
                </p>
              </EmptyState>
            ) : (
              <Table caption="Workers" columns={workerColumns} rows={data.workers} keyOf={({ id }) => id} />
            )}
          </Panel>
        </>
      )}
    </Screen>
  );
}
