import { useQuery } from "@tanstack/react-query";
import { useSession } from "../session/session.tsx";

/** At most this many facts of a user are read, the newest ones. */
export const mostFacts = 200;

/** The facts of a user that are or were true, the newest first. Without a user there are none. */
export function useFacts(userId: string | null | undefined) {
  const { client } = useSession();
  return useQuery({
    queryKey: ["facts", userId],
    queryFn: ({ signal }) =>
      client.facts.listPage({ user_id: userId!, include_invalidated: true, limit: mostFacts }, { signal }),
    enabled: userId != null,
  });
}
