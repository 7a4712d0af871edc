import type { BatchJobView } from "@memlane/core/internal";
import { printCount } from "../../parts/count-text.ts";

/** How far a batch is: as a bar, and in numbers. */
export function BatchCounts({ job: { received, imported, failed } }: { readonly job: BatchJobView }) {
  const waiting = received - imported - failed;
  return (
    <section className="panel batch-counts" aria-label="Items">
      <div className="bar-of-items" aria-hidden="true">
        <span data-state="succeeded" style={{ flexGrow: imported }} />
        <span data-state="failed" style={{ flexGrow: failed }} />
        <span data-state="queued" style={{ flexGrow: waiting }} />
      </div>
      <dl>
        <Count name="received" count={received} />
        <Count name="stored" state="succeeded" count={imported} />
        <Count name="failed" state="failed" count={failed} />
        <Count name="to do" state="queued" count={waiting} />
      </dl>
    </section>
  );
}

function Count({
  name,
  count,
  state,
}: {
  readonly name: string;
  readonly count: number;
  readonly state?: string;
}) {
  return (
    <div data-state={state}>
      <dt>{name}</dt>
      <dd>{printCount(count)}</dd>
    </div>
  );
}
