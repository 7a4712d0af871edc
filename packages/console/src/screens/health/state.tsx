import type { ServiceWire } from "@memlane/core";
import type { ReactNode } from "react";
import { printCount } from "../../parts/count-text.ts";
import { describeDuration } from "../../parts/describe-time.ts";
import { TimeText } from "../../parts/time-text.tsx";
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
      <Fact title="Database" isBad={database.role !== "primary"} note={`PostgreSQL ${database.version}`}>
        {database.role.replace("_", " ")}
      </Fact>
      <Fact title="Size">{printBytes(database.size_bytes)}</Fact>
      <Fact title="Connections" isBad={used > 0.9 * allowed} note={`of ${printCount(allowed)}`}>
        {printCount(used)}
      </Fact>
      <Fact title="Model" isBad={model.state === "failing"} note={model.last_error ?? undefined}>
        {model.state}
      </Fact>
      <Fact title="Oldest waiting job" isBad={oldest !== null && oldest > 60}>
        {oldest === null ? "none waits" : describeDuration(oldest * 1000)}
      </Fact>
      <Fact title="Last success">
        <TimeText at={success} />
      </Fact>
    </ul>
  );
}

function Fact({
  title,
  isBad = false,
  note,
  children,
}: {
  readonly title: string;
  readonly isBad?: boolean;
  readonly note?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <li data-bad={isBad || undefined}>
      <span className="quiet">{title}</span>
      <strong>{children}</strong>
      {note !== undefined && <span className="quiet">{note}</span>}
    </li>
  );
}
