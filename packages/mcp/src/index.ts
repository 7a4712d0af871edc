// The entry `@memlane/mcp`: memories as a server of the Model Context Protocol (https://modelcontextprotocol.io), for
// HTTP servers. `@memlane/mcp/stdio` is for a process that a client starts.
export { answerKorelyRequest, answerMcpRequest, type McpRequestOptions } from "./answer-mcp-request.ts";
export { createMcpServer } from "./create-mcp-server.ts";
export type { KorelyClient } from "./korely/create-korely-server.ts";
export type { MemoryAccess } from "./memory-access.ts";
