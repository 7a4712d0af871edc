/** The worker has lost its lease. Throwing it rolls back the transaction, so that nothing is written. */
export class LeaseLostError extends Error {}
