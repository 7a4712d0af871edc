/** @throws TypeError for a time that is negative or no number: a wait of NaN milliseconds would never be over */
export function checkTimeout(timeoutMs: number): void {
  if (!(timeoutMs >= 0)) throw new TypeError(`timeoutMs must be 0 or more, not ${timeoutMs}`);
}
