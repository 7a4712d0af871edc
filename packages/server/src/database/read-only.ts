/** The SQLSTATE of a statement that would write on a server that only reads: read_only_sql_transaction. */
export const readOnlyState = "25006";

/** Whether a statement failed because its server only reads, as a standby does. */
export function isReadOnly(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === readOnlyState;
}
