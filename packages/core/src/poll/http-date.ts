const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

// RFC 9110, 5.6.7: only the first format is sent, but all three must be read. `Date.parse` would accept many
// other texts, and read the third format in the time zone of the machine.
const spellings = [
  /^[A-Z][a-z]{2}, (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d\d:\d\d:\d\d) GMT$/,
  /^[A-Z][a-z]{5,8}, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) (?<time>\d\d:\d\d:\d\d) GMT$/,
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d\d:\d\d:\d\d) (?<year>\d{4})$/,
];

/**
 * The moment of an HTTP date, in milliseconds since the Unix epoch; undefined for other texts. A
 * two-digit year is at most 50 years after `nowMs`.
 */
export function parseHttpDate(text: string, nowMs: number): number | undefined {
  for (const spelling of spellings) {
    const { day = "", month = "", year = "", time = "" } = spelling.exec(text)?.groups ?? {};
    const monthNumber = months.indexOf(month) + 1;
    if (monthNumber === 0) continue;
    const fullYear = year.length === 2 ? String(yearOf(Number(year), nowMs)) : year;
    const date = `${fullYear}-${String(monthNumber).padStart(2, "0")}-${day.replace(" ", "0")}`;
    const moment = Date.parse(`${date}T${time}Z`);
    // `Date` would read a day that the month does not have as one of the next month.
    if (!Number.isNaN(moment) && new Date(moment).toISOString().startsWith(date)) return moment;
  }
  return undefined;
}

function yearOf(lastTwoDigits: number, nowMs: number): number {
  const thisYear = new Date(nowMs).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + lastTwoDigits;
  return year > thisYear + 50 ? year - 100 : year;
}
