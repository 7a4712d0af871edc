import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "wouter";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Screen } from "../../parts/screen.tsx";
import { Panel } from "../../parts/panel.tsx";
import { ReadError } from "../../parts/read-error.tsx";
import { isWritten } from "../../memories/is-written.ts";
import { pathOfUser } from "../../memories/paths.ts";
import { SaidWords } from "../../memories/said-words.tsx";
import { useScope, useSession } from "../../session/session.tsx";
import { ChangeMemory } from "./change-memory.tsx";
import { Chain } from "./chain.tsx";
import { MemoryDetails } from "./memory-details.tsx";
import { Sources } from "./sources.tsx";

const longestTitle = 120;

/** The first line of a text, cut if it is long. */
function titleOf(text: string): string {
  const [line = ""] = text.split("\n", 1);
  return line.length > longestTitle ? `${line.slice(0, longestTitle)} …` : line;
}

/** One memory: its words, its source, the memories that it replaced, and the actions on it. */
export function Memory() {
  const { client } = useSession();
  const { id = "" } = useParams();
  const mayWrite = useScope("memories:write");
  const [deletedId, setDeletedId] = useState<string>();
  const isDeleted = deletedId === id;
  const reading = useQuery({
    queryKey: ["memory", id],
    queryFn: ({ signal }) => client.memories.get(id, { signal }),
    enabled: !isDeleted,
  });
  const { data: memory } = reading;
  const quote = memory?.details?.quote;
  const wholeText = memory?.details?.full_content ?? memory?.text;
  const artifactTitle = memory?.type === "artifact" ? memory.details?.title : undefined;
  const userId = memory?.user_id ?? null;
  const toUser = userId === null ? null : <Link href={pathOfUser(userId)}>{userId}</Link>;
  const isEpisode = memory?.type === "episode" && !isWritten(memory);
  if (isDeleted) {
    return (
      <Screen title="Deleted">
        <EmptyState title="The memory is deleted.">{toUser}</EmptyState>
      </Screen>
    );
  }
  return (
    <Screen
      title={memory === undefined ? "Memory" : titleOf(quote ?? artifactTitle ?? memory.text)}
      subtitle={memory && toUser !== null && <>Of {toUser}</>}
      actions={
        memory !== undefined && mayWrite && <ChangeMemory memory={memory} onDelete={() => setDeletedId(id)} />
      }
    >
      <ReadError reading={reading} />
      {memory !== undefined && (
        <>
          {quote === undefined && titleOf(memory.text) !== wholeText && (
            <Panel title="Text">
              <pre className="whole-text">{wholeText}</pre>
            </Panel>
          )}
          {quote === undefined ? (
            <Sources id={id} title={isEpisode ? "What was said" : "Where it comes from"} />
          ) : (
            <Panel title="What was said">
              <div className="said">
                <div>
                  <SaidWords memory={memory} quote={quote} />
                </div>
              </div>
            </Panel>
          )}
          <Chain id={id} />
          <MemoryDetails memory={memory} />
        </>
      )}
    </Screen>
  );
}
