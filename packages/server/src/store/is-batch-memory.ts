/**
 * SQL: whether a row is a memory of the batch dialect. A fact that was mined from a memory or added by a client is none: that dialect
 * lists facts apart from memories.
 */
export const isBatchMemory = "(subject is null or conversation_id is not null)";
