import type { UsageWire } from "@memlane/core";
import { printCount } from "../../parts/count-text.ts";
import { TimeText } from "../../parts/time-text.tsx";

/** The month in numbers, each beside its limit. */
export function Totals({ usage: { operations, storage, quota } }: { readonly usage: UsageWire }) {
  const { monthly, rate_limit_req_per_min: perMinute } = quota;
  return (
    <ul className="totals" aria-label="This month">
      <Total title="Messages" count={operations.messages_ingested} limit={monthly.messages_ingested.limit} />
      <Total title="Searches" count={operations.searches} limit={monthly.searches.limit} />
      <Total title="Active memories" count={storage.memories_active} />
      <Total title="Episodes" count={storage.episodes_active} />
      <li>
        <span className="quiet">Requests a minute, each key</span>
        <strong>{perMinute === null ? "no limit" : printCount(perMinute)}</strong>
        <span className="quiet">
          the month ends <TimeText at={monthly.resets_at} />
        </span>
      </li>
    </ul>
  );
}

function Total({
  title,
  count,
  limit,
}: {
  readonly title: string;
  readonly count: number;
  /** Null if there is none; absent if there can be none. */
  readonly limit?: number | null;
}) {
  return (
    <li>
      <span className="quiet">{title}</span>
      <strong>{printCount(count)}</strong>
      {limit === null && <span className="quiet">no limit</span>}
      {typeof limit === "number" && (
        <span className="quiet">
          {printCount(Math.max(0, limit - count))} left of {printCount(limit)}
        </span>
      )}
    </li>
  );
}
