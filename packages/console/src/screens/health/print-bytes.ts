const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** A number of bytes in the largest unit that is not below one, such as `12.4 MB`. */
export function printBytes(bytes: number): string {
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const format = new Intl.NumberFormat(undefined, {
    style: "unit",
    unit: units[step]!,
    maximumFractionDigits: 1,
  });
  return format.format(bytes / 1000 ** step);
}
