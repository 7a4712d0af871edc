/** SQL: whether it is no fact that was mined from a memory or added by a client. Those are no memories of the batch dialect. */
export const isNotMined = "(subject is null or conversation_id is not null)";
