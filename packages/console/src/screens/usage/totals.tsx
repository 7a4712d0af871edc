import type { UsageWire } from "@memlane/core";
import { printCount } from "../../parts/count-text.ts";
import { TimeText } from "../../parts/time-text.tsx";
import { Total } from "../../parts/total.tsx";

/** This month's messages and searches with what is left of their limits, what is stored, and the rate limit. */
export function Totals({ usage: { storage, quota } }: { readonly usage: UsageWire }) {
  const { monthly, rate_limit_req_per_min: perMinute } = quota;
  return (
    <ul className="totals" aria-label="This month">
      <Limited title="Messages" quota={monthly.messages_ingested} resetsAt={monthly.resets_at} />
      <Limited title="Searches" quota={monthly.searches} resetsAt={monthly.resets_at} />
      <Total title="Active memories">{printCount(storage.memories_active)}</Total>
      <Total title="Episodes">{printCount(storage.episodes_active)}</Total>
      <Total title="Limit per key and minute">{perMinute ? printCount(perMinute) : "no limit"}</Total>
    </ul>
  );
}

function Limited({
  title,
  quota: { used, limit },
  resetsAt,
}: {
  readonly title: string;
  readonly quota: UsageWire["quota"]["monthly"]["searches"];
  readonly resetsAt: string;
}) {
  const left =
    limit === null ? "no limit" : `${printCount(Math.max(0, limit - used))} left of ${printCount(limit)}`;
  return (
    <Total
      title={title}
      note={
        <>
          {left}, resets <TimeText at={resetsAt} />
        </>
      }
    >
      {printCount(used)}
    </Total>
  );
}
