import type { MeWire } from "@memlane/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { createQueryClient } from "../queries.ts";
import { takeKeyOfAddress } from "./key-of-address.ts";
import { askTabsForKey, shareKey } from "./key-of-tabs.ts";
import { openClient, SessionContext, type Session } from "./session.tsx";
import { SignIn } from "./sign-in.tsx";

type SignedIn = { readonly apiKey: string; readonly me: MeWire };

/** Shows its children to a signed-in operator, and the sign-in to all others. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const [isLooking, setLooking] = useState(true);
  const [signedIn, setSignedIn] = useState<SignedIn>();
  const [failure, setFailure] = useState<unknown>();
  const signIn = useCallback(async (apiKey: string) => {
    const me = await openClient(apiKey).operations.me();
    setSignedIn({ apiKey, me });
  }, []);

  useEffect(() => {
    const find = async () => {
      const apiKey = takeKeyOfAddress() ?? (await askTabsForKey());
      if (apiKey !== undefined) await signIn(apiKey);
    };
    find()
      .catch(setFailure)
      .finally(() => setLooking(false));
  }, [signIn]);

  useEffect(() => (signedIn === undefined ? undefined : shareKey(signedIn.apiKey)), [signedIn]);

  if (signedIn !== undefined) {
    return (
      <SignedInProvider {...signedIn} signOut={() => setSignedIn(undefined)}>
        {children}
      </SignedInProvider>
    );
  }
  return isLooking ? null : <SignIn signIn={signIn} failure={failure} />;
}

function SignedInProvider({
  apiKey,
  me,
  signOut,
  children,
}: SignedIn & { readonly signOut: () => void; readonly children: ReactNode }) {
  const [orgId, chooseOrg] = useState(me.org_id);
  const session = useMemo((): Session => {
    const client = openClient(apiKey, orgId);
    return { client, me, orgId, chooseOrg, signOut };
  }, [apiKey, me, orgId, signOut]);
  // Each organisation has its own cache, so the screen never shows one organisation's data under another's name.
  const queries = useMemo(() => createQueryClient(), [session.client]);
  return (
    <SessionContext value={session}>
      <QueryClientProvider client={queries} key={orgId}>
        {children}
      </QueryClientProvider>
    </SessionContext>
  );
}
