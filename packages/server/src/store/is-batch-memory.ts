/**
 * SQL: whether a row is a memory of the batch dialect. That dialect lists facts that were mined from a memory or added by a client
 * elsewhere.
 */
export const isBatchMemory = "(subject is null or conversation_id is not null)";
