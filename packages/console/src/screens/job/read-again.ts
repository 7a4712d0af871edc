import type { QueryClient, QueryKey } from "@tanstack/react-query";

/** Repeats the queries with this key, so that they read a state of now or later. Queries that are being read are not cancelled. */
export async function readAgain(queries: QueryClient, queryKey: QueryKey): Promise<void> {
  const read = () => queries.invalidateQueries({ queryKey }, { cancelRefetch: false });
  // What is being read now may be of before the change.
  if (queries.isFetching({ queryKey }) > 0) await read();
  await read();
}
