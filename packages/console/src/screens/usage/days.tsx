import type { UsageWire } from "@memlane/core";
import { LineChart } from "../../charts/line-chart.tsx";
import { printCount, printShortCount } from "../../parts/count-text.ts";
import { Panel } from "../../parts/panel.tsx";

/** The messages and searches of each day of the month. */
export function Days({ days }: { readonly days: NonNullable<UsageWire["daily"]> }) {
  if (days.length < 2) return null;
  const busiest = days.reduce((one, other) => (other.requests > one.requests ? other : one));
  const summary = `busiest: ${busiest.date} with ${printCount(busiest.requests)} requests`;
  return (
    <Panel title="Each day" aside={<p className="quiet">{summary}</p>}>
      <LineChart
        label={`Messages and searches of each day; ${summary}.`}
        times={days.map(({ date }) => localMidnightMs(date) / 1000)}
        print={printShortCount}
        lines={[
          {
            title: "Messages",
            color: "--active",
            values: days.map((day) => day.messages_ingested),
            isFilled: true,
          },
          { title: "Searches", color: "--succeeded", values: days.map((day) => day.searches) },
        ]}
      />
    </Panel>
  );
}

/** The axis is in the reader's time zone, in which midnight in UTC may be the day before. */
const localMidnightMs = (date: string) => Date.parse(`${date}T00:00`);
