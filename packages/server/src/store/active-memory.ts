// Which memories are active. A client may set an end that is still to come: until then the fact is active, and afterwards it is history.

/** SQL: whether the end of a memory has not come yet. */
export const hasNotEnded = "(invalid_at is null or invalid_at > now())";

/** SQL: whether a memory is active. */
export const isActive = `(status = 'active' and ${hasNotEnded})`;

/** SQL: the status of a memory. Nothing changes a row at the moment when its end comes, so its column may still be `active`. */
export const statusNow = `case when status = 'active' and not ${hasNotEnded} then 'retracted' else status end`;
