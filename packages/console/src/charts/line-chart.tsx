import { useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import { printTick } from "../parts/print-day.ts";

/** One line of a chart. */
export interface Line {
  readonly title: string;
  /** The custom property with its colour. */
  readonly color: string;
  readonly values: readonly (number | null)[];
  /** Whether the room below it is filled. */
  readonly isFilled?: boolean;
}

/** Lines over time. The screen shows a summary in words beside them. */
export function LineChart({
  label,
  times,
  lines,
  print,
}: {
  /** What the chart shows, for screen readers. */
  readonly label: string;
  /** Seconds since the Unix epoch. */
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  readonly print: (value: number) => string;
}) {
  const room = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const data = [times, ...lines.map(({ values }) => values)] as uPlot.AlignedData;
  const latest = useRef({ data, lines, print });
  latest.current = { data, lines, print };
  const [pointed, setPointed] = useState<number>();
  const titles = lines.map(({ title }) => title).join();

  useEffect(() => {
    const element = room.current!;
    const draw = () => {
      chart.current?.destroy();
      chart.current = new uPlot(optionsOf(element, latest.current, setPointed), latest.current.data, element);
    };
    const resized = new ResizeObserver(() => {
      chart.current?.setSize({ width: element.clientWidth, height: heightPx });
    });
    const theme = matchMedia("(prefers-color-scheme: dark)");
    draw();
    resized.observe(element);
    theme.addEventListener("change", draw);
    return () => {
      resized.disconnect();
      theme.removeEventListener("change", draw);
      chart.current?.destroy();
    };
  }, [titles]);
  useEffect(() => chart.current?.setData(data), [data]);

  const printValue = (value: number | null | undefined) => (value == null ? "–" : print(value));
  return (
    <figure className="chart">
      <figcaption>
        {lines.map(({ title, color, values }) => (
          <span key={title}>
            <i style={{ background: `var(${color})` }} /> {title}{" "}
            {pointed !== undefined && <strong>{printValue(values[pointed])}</strong>}
          </span>
        ))}
        {pointed !== undefined && <time>{printTick(times[pointed]! * 1000, spanMsOf(times))}</time>}
      </figcaption>
      <div ref={room} role="img" aria-label={label} />
    </figure>
  );
}

const heightPx = 180;

// Counts and milliseconds are whole: a short axis has no marks between them.
const wholeSteps = Array.from({ length: 10 }, (_, power) =>
  [1, 2, 5].map((step) => step * 10 ** power),
).flat();

const spanMsOf = (times: ArrayLike<number>) => (times[times.length - 1]! - times[0]!) * 1000;

/** uPlot draws on a canvas, so it needs the colours themselves. */
function optionsOf(
  element: HTMLElement,
  { lines, print }: { readonly lines: readonly Line[]; readonly print: (value: number) => string },
  point: (index: number | undefined) => void,
): uPlot.Options {
  const colorOf = (property: string) => {
    element.style.color = `var(${property})`;
    const { color } = getComputedStyle(element);
    element.style.color = "";
    return color;
  };
  const font = `11px ${getComputedStyle(element).fontFamily}`;
  const axis = {
    stroke: colorOf("--quiet"),
    font,
    grid: { stroke: colorOf("--line"), width: 1 },
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
    height: heightPx,
    padding: [8, 20, 0, 0],
    legend: { show: false },
    hooks: { setCursor: [({ cursor }) => point(cursor.idx ?? undefined)] },
    cursor: { y: false, drag: { setScale: false }, points: { size: 6 } },
    scales: { y: { range: (_, __, highest) => [0, Math.max(1, highest * 1.1)] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        values: ({ data: [times] }, ticks) => ticks.map((tick) => printTick(tick * 1000, spanMsOf(times))),
        space: 64,
        size: 28,
      },
      {
        ...axis,
        incrs: wholeSteps,
        values: (_, values) => values.map(print),
        size: 52,
      },
    ],
    series: [
      {},
      ...lines.map(({ title, color, isFilled }) => ({
        label: title,
        stroke: colorOf(color),
        width: 1.5,
        points: {
          show: ({ data }: uPlot, line: number) => data[line]!.some((value) => value === null),
          size: 4,
          fill: colorOf(color),
          stroke: colorOf(color),
        },
        ...(isFilled && { fill: colorOf(`${color}-soft`) }),
      })),
    ],
  };
}
