import type { UsageWire } from "@memlane/core";
import { printCount } from "../../parts/count-text.ts";
import { TimeText } from "../../parts/time-text.tsx";
import { Total } from "../../parts/total.tsx";

/** The month in numbers, each beside its limit. */
export function Totals({ usage: { storage, quota } }: { readonly usage: UsageWire }) {
  const { monthly, rate_limit_req_per_min: perMinute } = quota;
  return (
    <ul className="totals" aria-label="This month">
      <Limited title="Messages" quota={monthly.messages_ingested} />
      <Limited title="Searches" quota={monthly.searches} />
      <Total title="Active memories">{printCount(storage.memories_active)}</Total>
      <Total title="Episodes">{printCount(storage.episodes_active)}</Total>
      <Total
        title="Requests a minute, each key"
        note={
          <>
            the month ends <TimeText at={monthly.resets_at} />
          </>
        }
      >
        {perMinute === null ? "no limit" : printCount(perMinute)}
      </Total>
    </ul>
  );
}

function Limited({
  title,
  quota: { used, limit },
}: {
  readonly title: string;
  readonly quota: UsageWire["quota"]["monthly"]["searches"];
}) {
  const left =
    limit === null ? "no limit" : `${printCount(Math.max(0, limit - used))} left of ${printCount(limit)}`;
  return (
    <Total title={title} note={left}>
      {printCount(used)}
    </Total>
  );
}
