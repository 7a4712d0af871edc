const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const shortDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const month = new Intl.DateTimeFormat(undefined, { month: "short", year: "numeric" });

const dayMs = 86_400_000;

/** A day, such as `8 May 2023`. */
export const printDay = (at: string) => day.format(new Date(at));

/** A moment on an axis of this length, as short as the axis allows. */
export function printTick(timeMs: number, spanMs: number): string {
  const format = spanMs < 2 * dayMs ? clock : spanMs < 180 * dayMs ? shortDay : month;
  return format.format(timeMs);
}
