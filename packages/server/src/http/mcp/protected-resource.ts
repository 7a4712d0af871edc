// The metadata of `/mcp` for OAuth clients (https://www.rfc-editor.org/rfc/rfc9728).

/** The path of the metadata. Clients that follow the standard add the path of the resource: `/mcp`. */
export const protectedResourcePath = "/.well-known/oauth-protected-resource";

/** The document. There is no authorization server: a client sends an API key as its bearer token. */
export function describeProtectedResource(request: Request) {
  return {
    resource: `${originOf(request)}/mcp`,
    resource_name: "Memlane",
    bearer_methods_supported: ["header"],
    scopes_supported: ["memories:read", "memories:write"],
  };
}

/** The challenge of an answer to a request without a valid key. */
export function challengeOf(request: Request): string {
  return `Bearer resource_metadata="${originOf(request)}${protectedResourcePath}/mcp"`;
}

/** The origin that the client sees. A proxy may add TLS; several proxies make a list, in which the client's comes first. */
function originOf({ url, headers }: Request): string {
  const { protocol, host } = new URL(url);
  const [ofClient = ""] = (headers.get("x-forwarded-proto") ?? "").split(",");
  return `${ofClient.trim() === "https" ? "https:" : protocol}//${host}`;
}
