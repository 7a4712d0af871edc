const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const clockWithSeconds = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const shortDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const month = new Intl.DateTimeFormat(undefined, { month: "short", year: "numeric" });

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** A day, such as `8 May 2023`. */
export const printDay = (at: string | number) => day.format(new Date(at));

/** A moment to the second, such as `8 May 2023, 09:14:02`. */
export const printMoment = (at: Date) => moment.format(at);

/** A moment on an axis of this length, as short as the axis allows. */
export function printTick(timeMs: number, spanMs: number): string {
  if (spanMs < 5 * minuteMs) return clockWithSeconds.format(timeMs);
  const format =
    spanMs < 2 * dayMs ? clock : spanMs < 180 * dayMs ? shortDay : spanMs < 1500 * dayMs ? day : month;
  return format.format(timeMs);
}
