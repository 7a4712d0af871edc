import { createMemoryClient } from "@memlane/sdk-node/fetch";
import type { Client, MeWire } from "@memlane/core";
import { createContext, useContext } from "react";

/** Who is signed in, and the client of the organisation that the console shows. */
export interface Session {
  readonly client: Client;
  readonly me: MeWire;
  /** The organisation that the console shows: the key's own, or the one that an operator has chosen. */
  readonly orgId: string;
  readonly chooseOrg: (orgId: string) => void;
  readonly signOut: () => void;
}

/** A client on the server that the page comes from. */
export function openClient(apiKey: string, orgId?: string): Client {
  return createMemoryClient({ apiKey, orgId, baseUrl: location.origin });
}

/** Provides the session to all screens. */
export const SessionContext = createContext<Session | undefined>(undefined);

/** The session. Only screens of a signed-in operator may call it. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error("useSession needs a signed-in operator");
  return session;
}

/** Whether the key has a scope. A screen hides the actions that the server would refuse. */
export function useScope(scope: string): boolean {
  return useSession().me.key.scopes.includes(scope);
}
