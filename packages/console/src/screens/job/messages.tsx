import type { IngestResultWire } from "@memlane/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { pathOfMemory } from "../../memories/paths.ts";
import { countOf } from "../../parts/count-text.ts";
import { Panel } from "../../parts/panel.tsx";
import { ReadError } from "../../parts/read-error.tsx";
import { useSession } from "../../session/session.tsx";
import { jobKey } from "./live-job.ts";

const messagesPerPage = 200;

/** The outcomes of a message, in words. */
const outcomes: Readonly<Record<string, string>> = {
  failed: "could not be read",
  superseded: "replaced a memory",
  stored: "new",
  duplicate: "known already",
  skipped: "no text",
  nothing: "nothing to keep",
};

/** The messages of a conversation, each with its outcome and its memories. */
export function Messages({
  jobId,
  state,
  result,
}: {
  readonly jobId: string;
  readonly state: string;
  readonly result: IngestResultWire | null;
}) {
  const { client } = useSession();
  const made = result === null ? [] : [...result.memories_created, ...result.memories_updated];
  const textOf = new Map(made.map(({ id, text }) => [id, text]));
  const reading = useInfiniteQuery({
    queryKey: jobKey(jobId, "messages", state),
    queryFn: ({ pageParam: offset, signal }) =>
      client.operations.messages(jobId, { limit: messagesPerPage, offset }, { signal }),
    placeholderData: keepPreviousData,
    initialPageParam: 0,
    getNextPageParam: ({ total }, pages) => {
      const read = pages.length * messagesPerPage;
      return read < total ? read : undefined;
    },
  });
  const { data, hasNextPage, fetchNextPage } = reading;
  const messages = data?.pages.flatMap((page) => page.data) ?? [];
  const isKept = messages.some(({ text }) => text !== null);
  return (
    <Panel
      title="Messages"
      aside={data && <p className="quiet">{countOf(data.pages[0]?.total ?? 0, "message")}</p>}
    >
      <ReadError reading={reading} />
      {messages.length > 0 && !isKept && (
        <p className="note quiet">
          The server keeps only the outcome of each message of this job, not its words.
        </p>
      )}
      <ol className="messages">
        {messages.map(({ index, dia_id: diaId, speaker, text, outcome, memory_ids: memoryIds }) => (
          <li key={index} data-outcome={outcome}>
            <p className="quiet">
              {speaker ?? `Message ${index + 1}`}
              {diaId !== null && <code> {diaId}</code>}
            </p>
            {text !== null && <p>{text}</p>}
            {outcome !== null && (
              <p className="outcome">
                {outcomes[outcome] ?? outcome}
                {memoryIds.map((memoryId) => (
                  <Link key={memoryId} href={pathOfMemory(memoryId)}>
                    {textOf.get(memoryId) ?? "a known memory"}
                  </Link>
                ))}
              </p>
            )}
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <p className="note">
          <button type="button" onClick={() => void fetchNextPage()}>
            More messages
          </button>
        </p>
      )}
    </Panel>
  );
}
