import type { UserErasureWire } from "@memlane/core";
import { useState } from "react";
import { Link, useSearchParams } from "wouter";
import { pathOfAudit } from "../../audit/filter-of-address.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Screen } from "../../parts/screen.tsx";
import { printQuery } from "../../parts/print-query.ts";
import { useScope } from "../../session/session.tsx";
import { EraseUser } from "./erase-user.tsx";
import { ErasureReceipt } from "./erasure-receipt.tsx";
import { UserFacts } from "./user-facts.tsx";
import { UserMemories } from "./user-memories.tsx";

/** Everything that is remembered about a user: facts over time, and all memories. */
export function User() {
  const [address] = useSearchParams();
  const userId = address.get("user_id") ?? "";
  const mayWrite = useScope("memories:write");
  const [erased, setErased] = useState<UserErasureWire>();
  const receipt = erased?.user_id === userId ? erased : undefined;
  if (userId === "") {
    return (
      <Screen title="No user">
        <EmptyState title="The address names no user.">
          <Link href="/users">To the users</Link>
        </EmptyState>
      </Screen>
    );
  }
  return (
    <Screen
      title={userId}
      subtitle={
        <>
          A user · <Link href={`/search?${printQuery({ user_id: userId })}`}>Search</Link> ·{" "}
          <Link href={pathOfAudit({ userId })}>Audit log</Link>
        </>
      }
      actions={
        mayWrite && receipt === undefined && <EraseUser key={userId} userId={userId} onErased={setErased} />
      }
    >
      {receipt === undefined ? (
        <>
          <UserFacts userId={userId} />
          <UserMemories userId={userId} />
        </>
      ) : (
        <ErasureReceipt receipt={receipt} />
      )}
    </Screen>
  );
}
