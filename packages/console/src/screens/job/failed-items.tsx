import type { BatchJobView } from "@memlane/core/internal";
import { printCount } from "../../parts/count-text.ts";
import { Panel } from "../../parts/panel.tsx";
import { DownloadFailed } from "./download-failed.tsx";
import { groupErrors } from "./group-errors.ts";

const shownItems = 20;

/** The failed items of a batch by the code of their error. */
export function FailedItems({ job }: { readonly job: BatchJobView }) {
  const { errors, failed } = job;
  if (errors.length === 0) return null;
  return (
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
              {retryable
                ? "the same item may be stored when it is sent again"
                : "would fail again: send a changed item"}
            </span>
          </summary>
          <ol>
            {items.slice(0, shownItems).map(({ index, id, error }) => (
              <li key={index}>
                <span className="quiet" title="Counted from 0, as in the request">
                  item {index}
                </span>
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
  );
}
