/** A time that ends now. */
export type Period = keyof typeof periodWords;

/** The periods to choose from, with their texts. */
export const periodWords = { hour: "Last hour", day: "Last day", week: "Last week" } as const;

const periods = Object.keys(periodWords) as readonly Period[];
const lengthsMs: Readonly<Record<Period, number>> = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 };

/** Reads a period from the address. */
export function readPeriod(address: URLSearchParams): Period | undefined {
  return periods.find((period) => period === address.get("within"));
}

/** When a period began that ends now, in ISO 8601. */
export const startOf = (period: Period, nowMs: number): string =>
  new Date(nowMs - lengthsMs[period]).toISOString();
