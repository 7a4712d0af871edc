/** A search, as the address of the screen has it. */
export interface Question {
  readonly query: string;
  readonly userId: string;
  readonly agentId: string;
  readonly dialect: "ingest" | "batch";
  readonly limit: number;
}

/** The limits to choose from. */
export const limits = [10, 25, 50] as const;

/** Reads a search from the address. What is missing or wrong has its default. */
export function readQuestion(address: URLSearchParams): Question {
  const limit = Number(address.get("limit"));
  return {
    query: address.get("q") ?? "",
    userId: address.get("user_id") ?? "",
    agentId: address.get("agent_id") ?? "",
    dialect: address.get("dialect") === "batch" ? "batch" : "ingest",
    limit: limits.find((each) => each === limit) ?? limits[0],
  };
}

/** Prints a search as an address, without its defaults. */
export function printQuestion({ query, userId, agentId, dialect, limit }: Question): URLSearchParams {
  const address = new URLSearchParams();
  if (query !== "") address.set("q", query);
  if (userId !== "") address.set("user_id", userId);
  if (agentId !== "") address.set("agent_id", agentId);
  if (dialect !== "ingest") address.set("dialect", dialect);
  if (limit !== limits[0]) address.set("limit", String(limit));
  return address;
}
