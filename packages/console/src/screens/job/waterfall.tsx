import type { AttemptsWire } from "@memlane/core";
import { describeDuration } from "../../parts/describe-time.ts";

/** The stages of an attempt as bars: when each began and how long it took. */
export function Waterfall({ attempt }: { readonly attempt: AttemptsWire["data"][number] }) {
  const startMs = Date.parse(attempt.started_at);
  const wholeMs = Math.max(1, Date.parse(attempt.ended_at) - startMs);
  const percent = (ms: number) => `${Math.min(100, Math.max(0, (ms / wholeMs) * 100))}%`;
  if (attempt.stages.length === 0) return null;
  return (
    <ol className="waterfall" aria-label="Stages">
      {attempt.stages.map(({ name, started_at: start, duration_ms: ms }) => (
        <li key={name}>
          <span>{name}</span>
          <span className="track">
            <span style={{ marginInlineStart: percent(Date.parse(start) - startMs), width: percent(ms) }} />
          </span>
          <span className="quiet">{describeDuration(ms)}</span>
        </li>
      ))}
    </ol>
  );
}
