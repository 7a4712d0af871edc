/** @throws TypeError if the time is negative or not a number: a wait of NaN milliseconds would never end */
export function checkTimeout(timeoutMs: number | undefined): void {
  if (timeoutMs === undefined || (typeof timeoutMs === "number" && timeoutMs >= 0)) return;
  throw new TypeError(`timeoutMs must be a number, 0 or more, not the ${typeof timeoutMs} ${timeoutMs}`);
}
