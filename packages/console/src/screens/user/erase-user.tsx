import type { UserErasureWire } from "@memlane/core";
import { Confirm } from "../../parts/confirm.tsx";
import { useSession } from "../../session/session.tsx";

/** Erases a user after the operator has typed the user's id. */
export function EraseUser({
  userId,
  onErased,
}: {
  readonly userId: string;
  readonly onErased: (receipt: UserErasureWire) => void;
}) {
  const { client } = useSession();
  return (
    <Confirm
      button="Erase …"
      title={`Erase everything of ${userId}?`}
      action="Erase for good"
      typed={userId}
      act={async () => onErased(await client.users.erase(userId))}
    >
      <p>
        Memories, facts, messages, the texts in jobs, and webhook deliveries of this user are deleted. Nobody
        can bring them back. Backups keep them until they are deleted.
      </p>
    </Confirm>
  );
}
