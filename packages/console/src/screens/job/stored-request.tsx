import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CopyButton } from "./copy-button.tsx";
import { Panel } from "../../parts/panel.tsx";
import { ReadError } from "../../parts/read-error.tsx";
import { errorOf } from "../../queries.ts";
import { useSession } from "../../session/session.tsx";
import { jobKey } from "./live-job.ts";

/** The request of a job as it is stored. It is read when the reader asks, because it may contain private words. */
export function StoredRequest({ jobId, isEnded }: { readonly jobId: string; readonly isEnded: boolean }) {
  const { client } = useSession();
  const [isOpen, setOpen] = useState(false);
  const reading = useQuery({
    queryKey: jobKey(jobId, "request"),
    queryFn: ({ signal }) => client.operations.request(jobId, { signal }),
    enabled: isOpen,
  });
  const { data, isFetching } = reading;
  const text = data && JSON.stringify(data.request, null, 2);
  const isGone = reading.error !== null && errorOf(reading.error).status === 404;
  return (
    <Panel
      title="Request"
      aside={
        text === undefined ? (
          !isOpen && (
            <button type="button" onClick={() => setOpen(true)}>
              Show
            </button>
          )
        ) : (
          <CopyButton text={text} />
        )
      }
    >
      {!isOpen && (
        <p className="note quiet">
          {isEnded ? "What a retry would process, after redaction." : "As it was sent, after redaction."}
        </p>
      )}
      {isFetching && text === undefined && <p className="note quiet">Loading …</p>}
      {isGone && (
        <p className="note quiet" role="status">
          Nothing is kept: the job has done all of it.
        </p>
      )}
      {!isGone && <ReadError reading={reading} />}
      {text !== undefined && (
        <pre className="whole-text" tabIndex={0} aria-label="The request as JSON">
          {text}
        </pre>
      )}
    </Panel>
  );
}
