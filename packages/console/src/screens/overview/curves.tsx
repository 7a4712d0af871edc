import type { StatsWire } from "@memlane/core";
import { useMemo } from "react";
import { LineChart } from "../../charts/line-chart.tsx";
import { countOf, printCount, printShortCount } from "../../parts/count-text.ts";
import { describeDuration } from "../../parts/describe-time.ts";
import { Panel } from "../../parts/panel.tsx";

/** Throughput and waiting time over the window. */
export function Curves({ stats: { points, window, counts } }: { readonly stats: StatsWire }) {
  const times = useMemo(() => points.map(({ at }) => Date.parse(at) / 1000), [points]);
  const per = window === "hour" ? "minute" : "15 minutes";
  const accepted = points.reduce((sum, point) => sum + point.accepted, 0);
  const lastWait = points.findLast(({ wait_p95_ms: wait }) => wait !== null);
  const throughput = `${countOf(accepted, "job")} accepted, ${printCount(counts.succeeded)} succeeded, ${printCount(counts.failed)} failed`;
  const waiting =
    lastWait === undefined
      ? "no job has ended"
      : `lately half within ${describeDuration(lastWait.wait_p50_ms ?? 0)}, 95 % within ${describeDuration(lastWait.wait_p95_ms ?? 0)}`;
  return (
    <div className="curves">
      <Panel title={`Jobs per ${per}`} aside={<p className="quiet">{throughput}</p>}>
        <LineChart
          label={`Jobs per ${per}: ${throughput}.`}
          times={times}
          print={printShortCount}
          lines={[
            {
              title: "Accepted",
              color: "--active",
              values: points.map((point) => point.accepted),
              isFilled: true,
            },
            { title: "Succeeded", color: "--succeeded", values: points.map((point) => point.succeeded) },
            { title: "Failed", color: "--failed", values: points.map((point) => point.failed) },
          ]}
        />
      </Panel>
      <Panel title="Wait for a worker" aside={<p className="quiet">{waiting}</p>}>
        <LineChart
          label={`Wait for a worker; ${waiting}.`}
          times={times}
          print={describeDuration}
          lines={[
            { title: "95 % within", color: "--retrying", values: points.map((point) => point.wait_p95_ms) },
            { title: "Half within", color: "--queued", values: points.map((point) => point.wait_p50_ms) },
          ]}
        />
      </Panel>
    </div>
  );
}
