import type { UsageWire } from "@memlane/core";
import { LineChart } from "../../charts/line-chart.tsx";
import { countOf, printShortCount } from "../../parts/count-text.ts";
import { Panel } from "../../parts/panel.tsx";
import { printDay } from "../../parts/print-day.ts";

type Day = NonNullable<UsageWire["daily"]>[number];

/** The messages and searches of each day of the month. The lines end today. */
export function Days({ days }: { readonly days: readonly Day[] }) {
  const today = new Date().toISOString().slice(0, 10); // in UTC, as the days are
  const untilToday = (count: (day: Day) => number) =>
    days.map((day) => (day.date > today ? null : count(day)));
  if (days.length < 2) return null;
  const countOfDay = (day: Day) => day.messages_ingested + day.searches;
  const busiest = days.reduce((one, other) => (countOfDay(other) > countOfDay(one) ? other : one));
  const summary = `busiest: ${printDay(localMidnightMs(busiest.date))} with ${countOf(busiest.messages_ingested, "message")} and ${countOf(busiest.searches, "search", "searches")}`;
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
            values: untilToday((day) => day.messages_ingested),
            isFilled: true,
          },
          { title: "Searches", color: "--succeeded", values: untilToday((day) => day.searches) },
        ]}
      />
    </Panel>
  );
}

/** The axis is in the reader's time zone, in which midnight in UTC may be the day before. */
const localMidnightMs = (date: string) => Date.parse(`${date}T00:00`);
