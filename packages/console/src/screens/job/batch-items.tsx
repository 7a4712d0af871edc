import type { BatchJobWire } from "@memlane/core";
import { printCount } from "../../parts/count-text.ts";
import { Panel } from "../../parts/panel.tsx";
import { DownloadFailed } from "./download-failed.tsx";
import { groupErrors } from "./group-errors.ts";

const shownItems = 20;

/** How far a batch is, and its failed items by the code of their error. */
export function BatchItems({ job }: { readonly job: BatchJobWire }) {
  const { received, imported, failed, errors } = job;
  const waiting = received - imported - failed;
  return (
    <>
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
      {errors.length > 0 && (
        <Panel title="Failed items" aside={<DownloadFailed job={job} />}>
          {errors.length < failed && (
            <p className="note quiet">
              The server lists {printCount(errors.length)} of {printCount(failed)} failed items.
            </p>
          )}
          {groupErrors(errors).map(({ code, retryable, items }) => (
            <details key={code} className="error-group" open>
              <summary>
                <strong>{printCount(items.length)}</strong> <code>{code}</code>
                <span className="quiet">
                  {retryable ? "the same item may be stored when it is sent again" : "needs another item"}
                </span>
              </summary>
              <ol>
                {items.slice(0, shownItems).map(({ index, id, error }) => (
                  <li key={index}>
                    <span className="quiet">item {index}</span>
                    {id !== undefined && <code>{id}</code>}
                    <span>{error}</span>
                  </li>
                ))}
              </ol>
              {items.length > shownItems && (
                <p className="note quiet">
                  {printCount(items.length - shownItems)} more: download them to see all.
                </p>
              )}
            </details>
          ))}
        </Panel>
      )}
    </>
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
