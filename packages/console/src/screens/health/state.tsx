import type { ServiceWire } from "@memlane/core";
import { printCount } from "../../parts/count-text.ts";
import { describeDuration } from "../../parts/describe-time.ts";
import { TimeText } from "../../parts/time-text.tsx";
import { Total } from "../../parts/total.tsx";
import { printBytes } from "./print-bytes.ts";

/** The state of the service in a few numbers. What is wrong is red. */
export function State({ service }: { readonly service: ServiceWire }) {
  const {
    database,
    model_endpoint: model,
    oldest_waiting_seconds: oldest,
    last_success_at: success,
  } = service;
  const { used, allowed } = database.connections;
  return (
    <ul className="totals" aria-label="State">
      <Total title="Database" isBad={database.role !== "primary"} note={`PostgreSQL ${database.version}`}>
        {database.role.replace("_", " ")}
      </Total>
      <Total title="Size">{printBytes(database.size_bytes)}</Total>
      <Total title="Connections" isBad={used > 0.9 * allowed} note={`of ${printCount(allowed)}`}>
        {printCount(used)}
      </Total>
      <Total title="Model" isBad={model.state === "failing"} note={model.last_error}>
        {model.state}
      </Total>
      <Total title="Oldest waiting job" isBad={oldest !== null && oldest > 60}>
        {oldest === null ? "none waits" : describeDuration(oldest * 1000)}
      </Total>
      <Total title="Last success">
        <TimeText at={success} />
      </Total>
    </ul>
  );
}
