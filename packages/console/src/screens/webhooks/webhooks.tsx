import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Screen } from "../../parts/screen.tsx";
import { ReadError } from "../../parts/read-error.tsx";
import { useSession } from "../../session/session.tsx";
import { Addresses } from "./addresses.tsx";
import { Deliveries } from "./deliveries.tsx";

/** Where the server sends events, and the log of what it sent. */
export function Webhooks() {
  const { client } = useSession();
  const reading = useQuery({
    queryKey: ["webhooks"],
    queryFn: ({ signal }) => client.webhooks.list({ signal }),
  });
  const { data } = reading;
  return (
    <Screen title="Webhooks" subtitle="Where the server sends events">
      <ReadError reading={reading} />
      {data?.length === 0 && (
        <EmptyState title="There is no webhook.">
          <p>
            <code>memlane webhooks create URL</code> or <code>POST /v1/webhooks</code> adds one.
          </p>
        </EmptyState>
      )}
      {data !== undefined && data.length > 0 && <Addresses webhooks={data} />}
      <Deliveries />
    </Screen>
  );
}
