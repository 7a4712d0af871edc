// The server that all test files share.
import { basename } from "node:path";
import { inject } from "vitest";

/** The server, with an organisation that only this test file uses, and its key with all scopes. */
export function sharedServer(testFile: string) {
  const { url, apiKeys } = inject("sharedServer");
  const orgId = basename(testFile, ".test.ts");
  return { url, orgId, apiKey: apiKeys[orgId]! };
}
