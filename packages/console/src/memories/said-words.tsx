import type { IngestMemoryWire } from "@memlane/core";
import { printDay } from "../parts/print-day.ts";
import { Quote } from "./quote.tsx";

/** A message: who said it, when and in which conversation, and its words as they were sent. */
export function SaidWords({
  memory: { text, details, conv_id: conversation, created_at: storedAt },
  quote,
}: {
  readonly memory: IngestMemoryWire;
  readonly quote: string;
}) {
  const [diaId] = details?.source_event_ids ?? [];
  const place = [
    details?.occurred_at ? printDay(details.occurred_at) : `stored ${printDay(storedAt)}`,
    conversation && `conversation ${conversation}`,
    diaId && `message ${diaId}`,
  ].filter(Boolean);
  return (
    <>
      <p className="quiet">{[details?.source_role, ...place].join(" · ")}</p>
      <blockquote>
        <Quote text={text} quote={quote} />
      </blockquote>
    </>
  );
}
