/** Prints the query of an address, without the values that are undefined. */
export function printQuery(values: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(given).toString().replaceAll("%2C", ",");
}
